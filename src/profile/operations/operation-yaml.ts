import type { RepeatedSteps, WrittenOperation, WrittenStep } from './written-operation.ts';

/** Columns of a line, without the indentation. */
const width = 88;

/** One item of the list `operations`, with its comment above it; ends without a line break. */
export function operationYaml(operation: WrittenOperation): string {
  const {
    name,
    kind,
    weight,
    comment,
    transaction,
    draw,
    statements,
    instead = [],
    expect,
  } = operation;
  const lines = [
    ...(comment === '' ? [] : comment.split('\n').flatMap(commentLines)),
    `- name: ${name}`,
    `  kind: ${kind}`,
    `  weight: ${weight}`,
    ...(transaction === undefined || transaction === 'implicit'
      ? []
      : [`  transaction: ${transaction}`]),
    ...indented(drawYaml(draw)),
    '  statements:',
    ...statements.flatMap((step) => indented(indented(stepYaml(step)))),
    ...(instead.length === 0
      ? []
      : ['  instead:', ...instead.flatMap((step) => indented(indented(stepYaml(step))))]),
    ...(expect === undefined || expect.length === 0 ? [] : [`  expect: [${quoted(expect)}]`]),
  ];
  return indented(lines).join('\n');
}

function commentLines(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const quoted = (words: readonly string[]): string =>
  words.map((word) => (/^[a-z]+$/.test(word) ? word : `"${word}"`)).join(', ');

function drawYaml(draw: WrittenOperation['draw']): string[] {
  const entries = Object.entries(draw);
  if (entries.length === 0) return [];
  return ['draw:', ...entries.map(([name, value]) => `  ${name}: ${value}`)];
}

function stepYaml(step: WrittenStep): string[] {
  return typeof step === 'string' ? statementYaml(step) : repeatYaml(step);
}

function repeatYaml({ repeat, draw, statements }: RepeatedSteps): string[] {
  const inner = statements.flatMap((sql) => indented(indented(statementYaml(sql))));
  return [`- repeat: ${repeat}`, ...indented(drawYaml(draw)), '  statements:', ...inner];
}

/** As a block, in which nothing must be escaped. */
function statementYaml(sql: string): string[] {
  return ['- |-', ...indented(wrapped(sql))];
}

/** Words and quoted texts, which stay whole; a line may end behind a comma. */
const pieces = /(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'",])+,?|,/g;

/** In lines that can be read; a text that may hold other quotes stays in one piece. */
export function wrapped(sql: string): string[] {
  if (/\\|\$\w*\$|--|\/\*/.test(sql)) return sql.trim().split('\n');
  const lines: string[] = [];
  let line = '';
  for (const [piece] of sql.matchAll(pieces)) {
    if (piece.includes('\n')) return sql.trim().split('\n');
    if (line !== '' && line.length + piece.length >= width) {
      lines.push(line);
      line = `  ${piece}`;
    } else {
      line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
