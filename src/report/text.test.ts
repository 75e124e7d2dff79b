import { describe, expect, it } from 'vitest';
import { namesOf, clipped, columnsOf, lines, name, visible } from './text.ts';

describe('namesOf', () => {
  it('counts the names it has no room for, and spares nobody alone', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(namesOf(names)).toBe('a, b, c, d, e and 2 more');
    expect(namesOf(names.slice(0, 6))).toBe('a, b, c, d, e and f');
    expect(namesOf(['a'])).toBe('a');
    expect(namesOf([])).toBe('');
  });
});

describe('visible', () => {
  it('spells out what would steer a terminal or the direction of the line', () => {
    expect(visible('\u001b[31mred\u0007')).toBe('\\u{1b}[31mred\\u{7}');
    expect(visible('a\u202Eb\u200F')).toBe('a\\u{202e}b\\u{200f}');
    expect(visible('a\r\n\tb')).toBe('a b');
  });

  it('leaves letters of every script', () => {
    expect(visible('日本語 العربية 😀')).toBe('日本語 العربية 😀');
  });
});

describe('name', () => {
  it('says how much it left out', () => {
    expect(name('x'.repeat(10_000))).toBe(`${'x'.repeat(120)}… (9880 more characters)`);
  });
});

describe('lines', () => {
  it('keeps line breaks and indentation', () => {
    expect(lines('{\n  "a": "\u202E"\n}')).toBe('{\n  "a": "\\u{202e}"\n}');
  });
});

describe('clipped', () => {
  it('counts columns, not characters', () => {
    expect(columnsOf('日本')).toBe(4);
    expect(columnsOf('e\u0301')).toBe(1);
    expect(clipped('日本語', 5)).toBe('日本…');
    expect(clipped('tenant_id/jump', 14)).toBe('tenant_id/jump');
  });
});
