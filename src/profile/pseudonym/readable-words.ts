import type { KeyedNumbers } from './keyed-numbers.ts';

const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';
const syllables = 7;

/** Words that can be said, of 43 bits: `kobadi-telumofa`. */
export function readableWords(value: string, attempt: number, keyed: KeyedNumbers): string {
  let rest = keyed.of(`words/${attempt}`, value);
  let words = '';
  for (let syllable = 0; syllable < syllables; syllable += 1) {
    const pair = Number(rest % BigInt(consonants.length * vowels.length));
    rest /= BigInt(consonants.length * vowels.length);
    words += consonants.charAt(Math.floor(pair / vowels.length));
    words += vowels.charAt(pair % vowels.length);
    if (syllable === 2) words += '-';
  }
  return words;
}

/** Letters where words are too long for a type. */
export function fewLetters(
  value: string,
  length: number,
  attempt: number,
  keyed: KeyedNumbers,
): string {
  let rest = keyed.of(`letters/${attempt}`, value);
  let letters = '';
  for (let at = 0; at < length; at += 1) {
    letters += String.fromCharCode(97 + Number(rest % 26n));
    rest /= 26n;
  }
  return letters;
}

/** So many characters of a value that follow one another say something of it. */
const tellingLength = 4;

/** Whether a part of the value is in the pseudonym by chance. */
export function tells(pseudonym: string, value: string): boolean {
  const lower = value.toLowerCase();
  if (lower.length < tellingLength) return lower.length > 1 && pseudonym.includes(lower);
  for (let at = 0; at + tellingLength <= pseudonym.length; at += 1) {
    if (lower.includes(pseudonym.slice(at, at + tellingLength))) return true;
  }
  return false;
}
