import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Frame, simpleQuery, statementName } from './frame.ts';

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

function messages(bytes: Buffer): Message[] {
  const found: Message[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readInt32BE(at + 1);
    found.push({
      type: String.fromCharCode(bytes[at] ?? 0),
      body: bytes.subarray(at + 5, at + 1 + length),
    });
    at += 1 + length;
  }
  return found;
}

/** Reads a Bind as the documentation of the protocol lays it out. */
function readBind(body: Buffer): { portal: string; name: string; values: (string | null)[] } {
  let at = 0;
  const text = (): string => {
    const end = body.indexOf(0, at);
    const found = body.toString('utf8', at, end);
    at = end + 1;
    return found;
  };
  const int16 = (): number => {
    at += 2;
    return body.readInt16BE(at - 2);
  };
  const portal = text();
  const name = text();
  expect(int16(), 'no parameter formats: all are text').toBe(0);
  const values = Array.from({ length: int16() }, () => {
    const length = body.readInt32BE(at);
    at += 4;
    if (length === -1) return null;
    at += length;
    return body.toString('utf8', at - length, at);
  });
  expect(int16(), 'no result formats: all are text').toBe(0);
  expect(at).toBe(body.length);
  return { portal, name, values };
}

const run = fc.record({
  name: fc.stringMatching(/^[a-z_0-9]{1,20}$/),
  values: fc.array(fc.option(fc.string({ unit: 'binary', maxLength: 2000 })), {
    maxLength: 12,
  }),
});

test('a frame is a bind and an execute for each run and one sync, in a buffer used again', () => {
  const frame = new Frame();
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 4 }), (runs) => {
      frame.clear();
      for (const { name, values } of runs) {
        frame.bind(statementName(name), values.length);
        for (const value of values) frame.value(value);
        frame.execute();
      }
      const sent = messages(frame.finish());
      expect(sent.map(({ type }) => type).join('')).toBe(`${'BE'.repeat(runs.length)}S`);
      const binds = sent.filter(({ type }) => type === 'B').map(({ body }) => readBind(body));
      expect(binds).toEqual(runs.map((each) => ({ portal: '', ...each })));
      const bodies = (wanted: string): number[][] =>
        sent.filter(({ type }) => type === wanted).map(({ body }) => Array.from(body));
      // The unnamed portal, and no limit of rows.
      expect(bodies('E')).toEqual(runs.map(() => [0, 0, 0, 0, 0]));
      expect(bodies('S')).toEqual([[]]);
    }),
  );
});

test('a run that names its columns describes its portal between bind and execute', () => {
  const frame = new Frame();
  frame.bind(statementName('one'), 0);
  frame.executeWithNames();
  const sent = messages(frame.finish());
  expect(sent.map(({ type }) => type).join('')).toBe('BDES');
  expect(sent[1]?.body).toEqual(Buffer.from('P\0'));
});

test('a simple query has its own end, and leaves nothing for the frame after it', () => {
  const frame = new Frame();
  frame.only(simpleQuery('begin'));
  expect(messages(frame.finish())).toEqual([{ type: 'Q', body: Buffer.from('begin\0') }]);
  frame.clear();
  frame.bind(statementName('one'), 0);
  frame.execute();
  expect(messages(frame.finish()).map(({ type }) => type)).toEqual(['B', 'E', 'S']);
});
