import type { Node } from 'oxc-parser';
import { expect, test } from 'vitest';
import { placeOf, production, visitNodes } from './sources-fixture.ts';

const commands = production.filter(({ folder }) => folder === 'commands');

const computing: ReadonlySet<string> = new Set(['-', '*', '/', '%', '**']);
const steps: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=', '%=', '**=']);

/** Whether a `+` joins texts: one of what it adds is written as a text. */
function joinsTexts(node: Node): boolean {
  if (node.type === 'BinaryExpression') return joinsTexts(node.left) || joinsTexts(node.right);
  return (
    node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')
  );
}

function isArithmetic(node: Node): boolean {
  if (node.type === 'AssignmentExpression') {
    return steps.has(node.operator) && !joinsTexts(node.right);
  }
  if (node.type !== 'BinaryExpression') return node.type === 'UpdateExpression';
  return computing.has(node.operator) || (node.operator === '+' && !joinsTexts(node));
}

test('commands do no arithmetic', () => {
  const wrong: string[] = [];
  for (const source of commands) {
    visitNodes(source, (node, above) => {
      // Of a sum the whole counts, not its parts.
      if (!isArithmetic(node) || above.some(isArithmetic)) return;
      const shown = source.text.slice(node.start, node.end).replaceAll(/\s+/g, ' ');
      wrong.push(`${placeOf(source, node)}: ${shown}`);
    });
  }
  expect(wrong, 'numbers are made in study/ or below; texts of them in wording/').toEqual([]);
});

const counting: ReadonlySet<Node['type']> = new Set([
  'ForStatement',
  'WhileStatement',
  'DoWhileStatement',
]);
/** What has one entry for each cell. */
const ofCells = /\b(?:cells|specs|strategies)$/;

test('commands do not go through the cells', () => {
  const wrong: string[] = [];
  for (const source of commands) {
    visitNodes(source, (node) => {
      const words = ({ start, end }: Node): string => source.text.slice(start, end);
      const isLoop =
        counting.has(node.type) ||
        (node.type === 'ForOfStatement' && ofCells.test(words(node.right)));
      const isCallback =
        node.type === 'CallExpression' &&
        node.callee.type === 'MemberExpression' &&
        ofCells.test(words(node.callee.object)) &&
        node.arguments.some(({ type }) => type === 'ArrowFunctionExpression');
      if (isLoop || isCallback) wrong.push(placeOf(source, node));
    });
  }
  expect(wrong, 'one loop over cells is in study/; what is said of them in wording/').toEqual([]);
});
