import type { Path, Problems } from '../problem.ts';
import type { FlatScript } from './flat-script.ts';
import { newWord } from './script-names.ts';
import type { TableTree } from './table-tree.ts';

/** Names of draws, values and answers, which must tell these apart. */
export function checkScriptNames(flat: FlatScript, tree: TableTree, problems: Problems): void {
  const own = new Set(Object.keys(flat.groups[0]?.draws ?? {}));
  const taken = new Set<string>();
  for (const [group, { draws, drawPath }] of flat.groups.entries()) {
    for (const [name, input] of Object.entries(draws)) {
      const path = [...drawPath, name];
      taken.add(name);
      if (name === newWord) {
        addAtKey(path, `${name} cannot be a draw's name; allowed: another name`, problems);
      } else if (group !== 0 && own.has(name)) {
        const text = `${name} is drawn by the operation as well; allowed: another name`;
        addAtKey(path, text, problems);
      } else if (input.kind === 'value' && tree.table(name) !== undefined) {
        const text = `${name} is the name of a table; allowed: another name for the value`;
        addAtKey(path, text, problems);
      }
    }
  }
  const answers = new Set<string>();
  for (const { input, path } of flat.statements) {
    const { as } = input;
    if (as === undefined) continue;
    const at = [...path.slice(0, -1), 'as'];
    const what = answers.has(as)
      ? "another answer's"
      : taken.has(as)
        ? "a draw's"
        : tree.table(as) !== undefined || as === newWord
          ? "a table's"
          : undefined;
    if (what !== undefined) problems.add(at, `${as} is ${what} name; allowed: another name`);
    answers.add(as);
  }
}

function addAtKey(path: Path, text: string, problems: Problems): void {
  problems.all.push({ path, at: 'key', text });
}
