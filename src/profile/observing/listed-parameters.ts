/** A statement whose lists of parameters have one element each. */
export interface ListedParameters {
  readonly sql: string;
  /** By the number of the parameter that is left, those of all elements, in their order. */
  readonly lists: ReadonlyMap<number, readonly number[]>;
  /** Numbers of parameters that are arrays. */
  readonly arrays: ReadonlySet<number>;
}

const anyArray = /\s*=\s*any\s*\(\s*\$(\d+)\s*(?:::\s*[^()]*(?:\(\d+\))?\s*\[\s*\]\s*)?\)/gi;
const inList = /\bin\s*\(\s*(\$\d+(?:\s*,\s*\$\d+)+)\s*\)/gi;
const row = String.raw`\(\s*\$\d+(?:\s*,\s*\$\d+)*\s*\)`;
const rows = new RegExp(String.raw`\bvalues\s*(${row}(?:\s*,\s*${row})+)`, 'gi');

/**
 * `in ($1, $2)`, `= any ($1)` and rows of VALUES as if they had one element: who asks which
 * parameters are a key then learns of them all, for those left out lie beside.
 */
export function listedParameters(sql: string): ListedParameters {
  const lists = new Map<number, readonly number[]>();
  const arrays = new Set<number>();
  const text = sql
    .replaceAll(anyArray, (_, number: string) => {
      arrays.add(Number(number));
      return ` in ($${number})`;
    })
    .replaceAll(inList, (_, list: string) => {
      const numbers = numbersIn(list);
      const [first = 0] = numbers;
      lists.set(first, numbers);
      return `in ($${first})`;
    })
    .replaceAll(rows, (whole: string, all: string) => {
      const found = all
        .split(')')
        .map(numbersIn)
        .filter(({ length }) => length > 0);
      const [first = []] = found;
      if (found.some(({ length }) => length !== first.length)) return whole;
      for (const [at, number] of first.entries()) {
        lists.set(
          number,
          found.map((each) => each[at] ?? number),
        );
      }
      return `values ${all.slice(0, all.indexOf(')') + 1)}`;
    });
  return { sql: text, lists, arrays };
}

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
