import type { Node } from 'oxc-parser';
import { expect, test } from 'vitest';
import { routers } from '../router/registry.ts';
import {
  imports,
  ownImports,
  placeOf,
  production,
  type Source,
  targetOf,
  visitNodes,
} from './sources-fixture.ts';

const registry = 'router/registry.ts';

test('nobody imports a concrete router except the registry and tests', () => {
  const source = production.find(({ path }) => path === registry);
  // Whatever the registry takes from its own folder is a router, but for the contract's types.
  const concrete = imports(source?.text ?? '').filter(
    (specifier) => specifier.startsWith('./') && specifier !== './contract.ts',
  );
  expect(concrete.length).toBeGreaterThan(5);
  const files = new Set(concrete.map((specifier) => `router/${specifier.slice(2)}`));
  const wrong = production
    .filter(({ path }) => path !== registry)
    .flatMap((importer) =>
      ownImports(importer.text)
        .filter((specifier) => files.has(targetOf(importer, specifier)))
        .map(
          (specifier) =>
            `${importer.path} imports ${specifier}: ask the registry, and its traits; what two ` +
            'routers share gets a file of its own',
        ),
    );
  expect(wrong).toEqual([]);
});

const names: ReadonlySet<string> = new Set(routers.map(({ name }) => name));

/** Names of routers that are words for something else too, and what for. */
const otherMeanings: Readonly<Record<string, string>> = {
  list: 'a block of a report; how a parameter binds several values',
  range: 'how two parameters bind adjacent rows',
  slots: 'what a move plan moves, where it does not move tenants',
  directory: 'the error of a directory of keys that cannot be asked',
};

test('the words with another meaning are names of routers', () => {
  expect(Object.keys(otherMeanings).filter((word) => !names.has(word))).toEqual([]);
});

/** A router's own file may say its name; so may files that only a family of routers is made of. */
const isOwn = ({ path }: Source): boolean =>
  path === registry || /^router\/(algorithms|presets)\//.test(path);

/** `ring` of `ring:150`, where it is the name of a router. */
function routerIn(node: Node): string | null {
  if (node.type !== 'Literal' || typeof node.value !== 'string') return null;
  const [name = ''] = /^[a-z-]+(?=(?::\d+)?$)/.exec(node.value) ?? [];
  return names.has(name) ? name : null;
}

const aboutRouters = /\b(?:router|name|findRouter|definitionOf|(?:read|parse)RouterName)$/;

/** Whether the text is compared with, given to or put where a router's name stands. */
function standsForRouter(node: Node, parent: Node | undefined, text: string): boolean {
  const words = ({ start, end }: Node): string => text.slice(start, end);
  if (parent?.type === 'Property') return aboutRouters.test(words(parent.key));
  if (parent?.type === 'CallExpression') return aboutRouters.test(words(parent.callee));
  if (parent?.type !== 'BinaryExpression') return false;
  return aboutRouters.test(words(parent.left === node ? parent.right : parent.left));
}

test('nobody says the name of a concrete router as a string', () => {
  const wrong: string[] = [];
  for (const source of production.filter((each) => !isOwn(each))) {
    visitNodes(source, (node, [parent]) => {
      const name = routerIn(node);
      if (name === null) return;
      if (name in otherMeanings && !standsForRouter(node, parent, source.text)) return;
      wrong.push(
        `${placeOf(source, node)} names the router ${name}: ask the traits of its definition, or ` +
          'let the registry say which router is meant',
      );
    });
  }
  expect(wrong).toEqual([]);
});
