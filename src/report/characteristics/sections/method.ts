import type { CharacteristicsDocument } from '../../../result/characteristics-document.ts';
import { integer, short } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { lines, name, sentence } from '../../text.ts';

/** What was read, what could not be, and how to read it again. */
export function methodSection(document: CharacteristicsDocument): Section {
  const { sources, unseen, unparsed, scenario } = document;
  const blocks: Block[] = [
    { kind: 'heading', text: 'Sources' },
    { kind: 'list', items: sources.map(sourceLine) },
    ...listBlock(
      'What could not be seen',
      unseen.map(({ text }) => sentence(text)),
    ),
    ...listBlock(
      'What could not be read',
      unparsed.map(
        ({ source, line, reason, count }) =>
          `${name(source)}${line === null ? '' : `, line ${line}`}: ${sentence(reason)}` +
          `${count > 1 ? ` (${integer(count)} times, first here)` : ''}.`,
      ),
    ),
    ...listBlock(
      'The scenario',
      scenario.notes.map(({ text }) => sentence(text)),
    ),
    {
      kind: 'paragraph',
      text:
        'exact: counted. estimated: from the statistics of the planner. sampled: from a part of ' +
        'the rows. Values of the data stand as pseudonyms, unless they were to be kept.',
    },
    { kind: 'code', text: lines(document.command) },
  ];
  return { id: 'method', title: 'What this rests on', blocks };
}

const listBlock = (heading: string, items: readonly string[]): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items },
      ];

function sourceLine({
  kind,
  name: source,
  read,
  about,
}: CharacteristicsDocument['sources'][number]) {
  const facts = [
    ...Object.entries(about).map(([what, text]) => `${what} ${sentence(text)}`),
    ...Object.entries(read).map(([what, amount]) => `${spaced(what)} ${short(amount)}`),
  ];
  const told = facts.length === 0 ? '' : `: ${facts.join(', ')}`;
  return `${name(source)} (${kind})${told}.`;
}

/** `sampledRows` as `sampled rows`. */
const spaced = (camel: string): string =>
  camel.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
