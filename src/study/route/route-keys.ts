import { encodeCompositeKey, type KeyPart } from '../../base/composite-keys.ts';
import {
  encodeKey,
  type KeyType,
  keyTypes,
  packKeys,
  type RoutedKeyType,
} from '../../base/keys.ts';
import { suggest } from '../../base/suggest.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { KnownKeys } from '../../router/contract.ts';

/** How lines are read as keys: of one type, or columns between tabs. */
export interface LineKeys {
  readonly type: RoutedKeyType;
  /** The canonical bytes of a line; a UserError, which begins with `where`, for what is no key. */
  encode(line: string, where: string): Uint8Array;
  /** Every distinct key as one row with the same weight; all lines must be keys. */
  known(lines: readonly string[]): KnownKeys;
}

const nullText = '\\N';

function isKeyType(text: string): text is KeyType {
  return keyTypes.some((type) => type === text);
}

function unknownKeyType(text: string): string {
  const near = suggest(text, keyTypes);
  const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
  return (
    `unknown key type "${text}"${guess}; the key types are ${keyTypes.join(', ')}; for a key of ` +
    'several columns give several, such as int8,text'
  );
}

/**
 * `text`, or `int8,text` for columns between tabs, where \N is NULL, as in COPY (nothing else is
 * escaped). What is wrong with the type is added to `problems`.
 */
export function readKeyType(written: string, problems: string[]): LineKeys | null {
  const names = written.split(',').map((name) => name.trim());
  const types = names.filter(isKeyType);
  for (const name of names) if (!isKeyType(name)) problems.push(unknownKeyType(name));
  const [first] = types;
  if (first === undefined || types.length < names.length) return null;
  return types.length === 1 ? plainKeys(first) : compositeKeys(types);
}

function plainKeys(type: KeyType): LineKeys {
  return {
    type,
    encode: (line, where) => encodeKey(type, line, where),
    known(lines) {
      const canonical = type === 'uuid' ? lines.map((line) => line.toLowerCase()) : lines;
      const distinct = [...new Set(canonical)];
      return withEvenRows(packKeys(type, distinct));
    },
  };
}

function compositeKeys(types: readonly KeyType[]): LineKeys {
  const encode = (line: string, where: string): Uint8Array => {
    const fields = line.split('\t');
    if (fields.length !== types.length) {
      throw new UserError(
        `${where} number of columns: found ${fields.length}; allowed: ${types.length} ` +
          `(${types.join(',')})`,
        { exitCode: exitCodes.usage, hint: `separate the columns with tabs; ${nullText} is NULL` },
      );
    }
    const parts = types.map((type, i): KeyPart => {
      const field = fields[i] ?? '';
      return { type, text: field === nullText ? null : field };
    });
    return encodeCompositeKey(parts, where);
  };
  return {
    type: 'composite',
    encode,
    known(lines) {
      const keys = new Map<string, Uint8Array>();
      for (const line of lines) {
        const key = encode(line, 'key');
        keys.set(Buffer.from(key).toString('latin1'), key);
      }
      return withEvenRows(packed([...keys.values()]));
    },
  };
}

function packed(keys: readonly Uint8Array[]): Omit<KnownKeys, 'rows' | 'weights'> {
  const offsets = new Uint32Array(keys.length + 1);
  for (const [i, key] of keys.entries()) offsets[i + 1] = (offsets[i] ?? 0) + key.length;
  const bytes = new Uint8Array(offsets[keys.length] ?? 0);
  for (const [i, key] of keys.entries()) bytes.set(key, offsets[i]);
  return { type: 'composite', count: keys.length, bytes, offsets };
}

function withEvenRows(keys: Omit<KnownKeys, 'rows' | 'weights'>): KnownKeys {
  const even = Array.from({ length: keys.count }, () => 1);
  return { ...keys, rows: even, weights: even };
}
