import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { gunzipSync, constants as zlibConstants } from 'node:zlib';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

/** What the first bytes of a file say that it is. */
export type FileHead =
  | { readonly kind: 'parquet'; readonly bytes: number }
  | {
      readonly kind: 'text';
      /** Of the file as it lies there. */
      readonly bytes: number;
      readonly gzip: boolean;
      readonly bom: boolean;
      /** Its first characters, without the byte order mark. */
      readonly text: string;
      /** Whether that is all of it. */
      readonly whole: boolean;
    };

const headBytes = 2 ** 20;

/** @throws UserError where it cannot be read, or is neither text nor Parquet */
export async function readFileHead(path: string): Promise<FileHead> {
  const { bytes, head } = await firstBytes(path);
  if (bytes === 0) throw refused(`${path}: the file is empty`, hints.rows);
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return { kind: 'parquet', bytes };
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const plain = gzip ? unzipped(head, path) : head;
  const whole = bytes <= headBytes && !(gzip && plain.length >= headBytes);
  if (isUtf16(plain)) throw refused(`${path}:1: the file is UTF-16; UTF-8 is read`, hints.utf8);
  const nul = plain.indexOf(0);
  if (nul !== -1) {
    const line = plain.subarray(0, nul).toString('latin1').split('\n').length;
    throw refused(`${path}:${line}: found a NUL byte; text or Parquet is read`, hints.rows);
  }
  const bom = plain[0] === 0xef && plain[1] === 0xbb && plain[2] === 0xbf;
  const text = plain.subarray(bom ? 3 : 0).toString('utf8');
  if (text.trim() === '') throw refused(`${path}:1: there is nothing in it`, hints.rows);
  return { kind: 'text', bytes, gzip, bom, text, whole };
}

const hints = {
  rows: 'a file of rows is CSV, TSV or Parquet; a CSV has a first line with the columns’ names',
  utf8: 'turn it into UTF-8, such as by iconv -f utf-16 -t utf-8',
};

const refused = (message: string, hint: string, cause?: unknown): UserError =>
  new UserError(message, { exitCode: exitCodes.usage, hint, cause });

async function firstBytes(path: string): Promise<{ bytes: number; head: Buffer }> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw refused(`${path} is a folder; a file was expected`, hints.rows);
    if (!about.isFile()) throw refused(`${path} is no plain file`, 'pipes cannot be read twice');
    const file = await open(path, constants.O_RDONLY);
    try {
      const head = Buffer.alloc(Math.min(headBytes, about.size));
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return { bytes: about.size, head: head.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const { code = '' } = cause as NodeJS.ErrnoException;
    const reasons = new Map([
      ['ENOENT', 'there is no such file'],
      ['EACCES', 'it may not be read'],
    ]);
    throw refused(`${path}: ${reasons.get(code) ?? String(cause)}`, hints.rows, cause);
  }
}

function unzipped(head: Buffer, path: string): Buffer {
  try {
    // The rest is missing, so that the end of the stream cannot be checked here.
    const options = { finishFlush: zlibConstants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 28 };
    return gunzipSync(head, options).subarray(0, headBytes);
  } catch (cause) {
    throw refused(`${path}: it begins like gzip, but cannot be unzipped`, hints.rows, cause);
  }
}

const isUtf16 = (bytes: Buffer): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
