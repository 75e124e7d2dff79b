import { describe, expect, it } from 'vitest';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { columnsOf, describeError, type Streams, wantsColour } from './terminal.ts';

const stream = (isTTY: boolean) => ({ isTTY }) as NodeJS.WriteStream;

describe('wantsColour', () => {
  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('terminal %s, environment %j: %s', (isTTY, environment, expected) => {
    expect(wantsColour(stream(isTTY), environment)).toBe(expected);
  });
});

it.each([
  [{}, 80],
  [{ columns: 0 }, 80],
  [{ columns: 120 }, 120],
])('the columns of %j are %d', (terminal, expected) => {
  expect(columnsOf(terminal)).toBe(expected);
});

describe('describeError', () => {
  const streams = { stderr: stream(false), environment: {} } as Streams;

  it('shows a mistake as message and hint, never as a stack', () => {
    const error = new UserError('no such file', { exitCode: exitCodes.usage, hint: 'look again' });
    expect(describeError(error, streams)).toBe('error: no such file\nhint: look again\n');
  });

  it('shows a bug with its stack', () => {
    const text = describeError(new TypeError('x is undefined'), streams);
    expect(text).toMatch(/^error: this is a bug in shardlab\nTypeError: x is undefined\n {4}at /);
    expect(describeError('text', streams)).toBe('error: this is a bug in shardlab\ntext\n');
  });
});
