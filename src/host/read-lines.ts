import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Lines of UTF-8 input, without their line feed and a carriage return before it. The last line may
 * lack its line feed. Bytes that are no UTF-8 are a UserError with the number of the line.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string, void, undefined> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  let pending: Uint8Array[] = [];

  function decode(last: Uint8Array): string {
    number += 1;
    const bytes = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    try {
      return decoder.decode(bytes.subarray(0, end));
    } catch (cause) {
      throw new UserError(`line ${number}: is not UTF-8`, {
        exitCode: exitCodes.usage,
        hint: 'keys are read as UTF-8; convert the input, for example with iconv',
        cause,
      });
    }
  }

  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
    let from = 0;
    for (let to = bytes.indexOf(lineFeed); to >= 0; to = bytes.indexOf(lineFeed, from)) {
      yield decode(bytes.subarray(from, to));
      from = to + 1;
    }
    if (from < bytes.length) pending.push(bytes.slice(from));
  }
  if (pending.length > 0) yield decode(new Uint8Array());
}
