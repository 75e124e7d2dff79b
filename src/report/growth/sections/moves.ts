import { formatSize } from '../../../base/units.ts';
import type { GrowthDocument, MovePlan, RulePlan } from '../../../result/growth-document.ts';
import type { Block, Section, Value } from '../../document.ts';
import { bytes, duration, integer, percent, ratio } from '../../../wording/format.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, value } from '../../values.ts';
import { needsCapacity } from '../amounts.ts';

const columns = [
  column('Strategy', { align: 'text' }),
  column('Step', { align: 'text' }),
  column('keys', { group: 'Moved at today’s size' }),
  column('rows', { group: 'Moved at today’s size' }),
  column('bytes', { group: 'Moved at today’s size' }),
  column('copying', { group: 'Takes', meaning: 'At the throttle, one move after the other' }),
  column('verifying', { group: 'Takes' }),
  column('both in step', {
    group: 'Takes',
    meaning: 'From the first row copied until writes to both sides may stop',
  }),
  column('fullest', {
    group: 'While it lasts',
    meaning: 'Utilisation of the fullest shard that takes part',
  }),
  column('past headroom', {
    group: 'While it lasts',
    meaning: 'Shards that need more than their headroom',
  }),
];

/** How each step is carried out: amounts, times, and the load of both sides meanwhile. */
export function movesSection({ plans, growth }: GrowthDocument): Section {
  if (plans.length === 0) {
    const text = growth.length === 0 ? 'No step was planned.' : 'Nothing is moved.';
    return { id: 'moves', title: 'How it is moved', blocks: [{ kind: 'paragraph', text }] };
  }
  const throttle = plans[0]?.throttleBytesPerSecond ?? 0;
  const rows = plans.map((plan, index) =>
    rowOf(plan, plans[index - 1]?.strategy !== plan.strategy),
  );
  const blocks: Block[] = [
    {
      kind: 'table',
      caption: 'How each step is carried out',
      columns,
      rows,
      note: [
        `Rows are copied at ${formatSize(throttle)} a second (growth.moves.throttle).`,
        copiesNote(plans),
        missingNote(rows) ?? '',
      ]
        .filter((text) => text !== '')
        .join(' '),
    },
    ...warningsOf(plans),
    ...[...Map.groupBy(plans, ({ strategy }) => strategy)].map(
      ([strategy, own]): Block => ({
        kind: 'details',
        summary: `Sources, targets and single moves: ${name(strategy)}`,
        blocks: own.flatMap(detailsOf),
      }),
    ),
  ];
  return { id: 'moves', title: 'How it is moved', blocks };
}

/** What of the bytes is no move: every strategy and step has its own. */
function copiesNote(plans: readonly MovePlan[]): string {
  const copies = plans.flatMap(({ referenceBytes }) => referenceBytes ?? []);
  if (copies.length === 0) return '';
  const [least, most] = [bytes(Math.min(...copies)), bytes(Math.max(...copies))];
  const amount = least === most ? most : `${least} to ${most}`;
  return `Of the bytes of a step, ${amount} are copies of the reference tables for new shards.`;
}

const stepOf = ({ from, to }: MovePlan): string => `${from} to ${to}`;

function rowOf(plan: MovePlan, first: boolean): readonly Value[] {
  const known = plan.shards.flatMap(({ utilisation }) => utilisation?.during ?? []);
  const fullest = Math.max(0, ...known);
  const isOpen = plan.shards.some(({ isPastHeadroom }) => isPastHeadroom === null);
  const past = plan.shards.filter(({ isPastHeadroom }) => isPastHeadroom === true).length;
  return [
    { ...value(name(plan.strategy)), first },
    value(stepOf(plan)),
    value(integer(plan.tenants)),
    value(integer(plan.rows)),
    value(bytes(plan.bytes)),
    value(duration(1000 * plan.copySeconds)),
    value(duration(1000 * plan.verifySeconds)),
    value(duration(1000 * plan.dualWriteSeconds)),
    isOpen ? missing(needsCapacity) : value(percent(fullest)),
    pastOf(plan, past, isOpen),
  ];
}

function pastOf({ shards }: MovePlan, past: number, isOpen: boolean): Value {
  if (isOpen) return missing(needsCapacity);
  return past === 0
    ? { ...value('none'), tone: 'good' }
    : { ...value(`${past} of ${shards.length}`), tone: 'bad' };
}

/** The first warning of each step: those of further shards differ in the numbers alone. */
function warningsOf(plans: readonly MovePlan[]): readonly Block[] {
  const items = plans.flatMap((plan) => {
    const [first] = plan.warnings;
    if (first === undefined) return [];
    const more = plan.warnings.length - 1;
    const rest = more > 0 ? ` (and ${more} more)` : '';
    return [`${name(plan.strategy)}, ${stepOf(plan)} shards: ${sentence(first.text)}${rest}`];
  });
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

const shardColumns = [
  column('Shard', { align: 'text' }),
  column('Role', { align: 'text' }),
  column('out', { group: 'Bytes' }),
  column('in', { group: 'Bytes' }),
  column('before', { group: 'Utilisation' }),
  column('at worst', { group: 'Utilisation' }),
  column('after', { group: 'Utilisation' }),
];

const shardsMost = 32;

const used = (share: number | undefined): Value =>
  share === undefined ? missing(needsCapacity) : value(percent(share));

function detailsOf(plan: MovePlan): readonly Block[] {
  const shown = plan.shards
    .toSorted((a, b) => (b.utilisation?.during ?? 0) - (a.utilisation?.during ?? 0))
    .slice(0, shardsMost)
    .toSorted((a, b) => a.shard - b.shard);
  const more = plan.shards.length - shown.length;
  const table: Block = {
    kind: 'table',
    caption: `Sources and targets of ${name(plan.strategy)}, ${stepOf(plan)} shards`,
    columns: shardColumns,
    rows: shown.map(({ shard, role, bytesOut, bytesIn, utilisation, isPastHeadroom }) => [
      { ...value(String(shard)), first: true },
      value(role),
      value(bytes(bytesOut)),
      value(bytes(bytesIn)),
      used(utilisation?.before),
      isPastHeadroom === true
        ? { ...used(utilisation?.during), tone: 'bad' }
        : used(utilisation?.during),
      used(utilisation?.after),
    ]),
    note: more > 0 ? `${more} shards that are less full during the move are left out.` : null,
  };
  return [
    { kind: 'heading', text: `${stepOf(plan)} shards` },
    table,
    ...(plan.rule === null ? [] : ruleBlocks(plan, plan.rule)),
  ];
}

const movesShown = 20;

function ruleBlocks(plan: MovePlan, rule: RulePlan): readonly Block[] {
  const of = `${name(plan.strategy)}, ${stepOf(plan)} shards`;
  const { units, moves, movesTotal, ignored, ignoredTotal, maxOverMean } = rule;
  const unit = units === 'tenants' ? 'Tenant' : 'Slot';
  const shown = moves.slice(0, movesShown);
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      text:
        `With the rule of the Citus rebalancer, ${integer(movesTotal)} moves one after the ` +
        `other change max/mean from ${ratio(maxOverMean.before)} to ` +
        `${ratio(maxOverMean.after)}. The router alone reaches ` +
        `${ratio(maxOverMean.byRouter)}. Every move improves the balance, so you can stop ` +
        'after any move.',
    },
  ];
  if (shown.length > 0) {
    blocks.push({
      kind: 'table',
      caption: `The first moves, in order: ${of}`,
      columns: [
        column(unit, { align: 'text' }),
        column('from'),
        column('to'),
        column('load', { meaning: 'Share of the whole load' }),
        column('bytes'),
        column('Why', { align: 'text' }),
      ],
      rows: shown.map((move) => [
        { ...value(name(move.unit)), first: true },
        value(String(move.from)),
        value(String(move.to)),
        value(percent(move.loadFraction)),
        value(bytes(move.bytes)),
        value(sentence(move.reason.text)),
      ]),
      note:
        movesTotal > shown.length
          ? `${integer(movesTotal - shown.length)} further moves are left out here.`
          : null,
    });
  }
  if (ignored.length > 0) {
    blocks.push({
      kind: 'table',
      caption: `Moves that were looked at and left out: ${of}`,
      columns: [
        column(unit, { align: 'text' }),
        column('on shard'),
        column('load', { meaning: 'Share of the whole load' }),
        column('Why not', { align: 'text' }),
      ],
      rows: ignored
        .slice(0, movesShown)
        .map((move) => [
          { ...value(name(move.unit)), first: true },
          value(String(move.shard)),
          value(percent(move.loadFraction)),
          value(sentence(move.reason.text)),
        ]),
      note:
        ignoredTotal > Math.min(ignored.length, movesShown)
          ? `These are the first of ${integer(ignoredTotal)} moves that were left out.`
          : null,
    });
  }
  return blocks;
}
