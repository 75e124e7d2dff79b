import type {
  BoundKey,
  Fate,
  FateReason,
  KeyedRouter,
  StatementLayout,
  TableLayout,
} from '../scenario/layout-types.ts';
import { present } from '../base/assert.ts';
import type { Analysis } from './analysis.ts';
import type { Block, Instance, WriteBlock } from './blocks.ts';
import { instancesOf } from './instances.ts';
import { type FoundKey, keySetOf, type KeySet, type ParameterFacts } from './key-sets.ts';
import type { Cascade, Placing } from './placing.ts';
import { type Spread, Spreading } from './spread.ts';
import { groupOf } from './tied.ts';
import { writeRefusal } from './write-refusals.ts';

/** What becomes of a statement where tables lie so. */
export function statementFate(
  analysis: Analysis,
  parameters: readonly ParameterFacts[],
  placing: Placing,
  isDone: (cascade: Cascade) => boolean = () => false,
): StatementLayout {
  const { block, writes, locks } = analysis;
  if (block === null) return withoutRows(analysis);
  const blocks = [block, ...writes.filter((each) => each !== block)];
  const used = [...new Set(blocks.flatMap(instancesOf))];
  const refusal = blocks
    .map((each) => refusalIn(each, placing, isDone))
    .find((each) => each !== null);
  if (refusal !== undefined && refusal !== null) return notRunnable(refusal, locks);
  const finding = new FateFinding(analysis, parameters, placing, used);
  return finding.layout(blocks);
}

const notRunnable = (reason: FateReason, locks: boolean): StatementLayout => ({
  fate: 'notRunnable',
  route: { to: 'nowhere' },
  locks,
  reason,
});

/** SET and the like go where the others go; of others it is not known what they touch. */
function withoutRows({ kind, locks }: Analysis): StatementLayout {
  const reason = { code: 'undecided', names: [] } as const;
  if (kind === 'TruncateStmt' || kind === 'LockStmt') {
    return { fate: 'scatter', route: { to: 'all' }, locks: true, reason };
  }
  const isOfSession = ['VariableSetStmt', 'TransactionStmt', 'NotifyStmt', 'VariableShowStmt'];
  if (isOfSession.includes(kind)) return { fate: 'reference', route: { to: 'any' }, locks };
  return notRunnable(reason, locks);
}

function refusalIn(
  block: Block,
  placing: Placing,
  isDone: (cascade: Cascade) => boolean,
): FateReason | null {
  for (const write of writesIn(block)) {
    const refusal = writeRefusal(write, placing, isDone);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Data-modifying CTEs are listed by themselves, so that only the statement itself is left. */
const writesIn = (block: Block): WriteBlock[] => (block.kind === 'write' ? [block] : []);

class FateFinding {
  readonly #analysis: Analysis;
  readonly #parameters: readonly ParameterFacts[];
  readonly #placing: Placing;
  readonly #used: readonly Instance[];

  constructor(
    analysis: Analysis,
    parameters: readonly ParameterFacts[],
    placing: Placing,
    used: readonly Instance[],
  ) {
    this.#analysis = analysis;
    this.#parameters = parameters;
    this.#placing = placing;
    this.#used = used;
  }

  layout(blocks: readonly Block[]): StatementLayout {
    const { locks, volatile } = this.#analysis;
    const sharded = this.#used.filter((each) => this.#layoutOf(each) !== undefined);
    const spreading = new Spreading(this.#placing.tables, this.#used);
    const single = this.#single(sharded);
    const writesReference = blocks.flatMap(writesIn).find((write) => this.#isReference(write));
    if (writesReference !== undefined || single === null) {
      const spreads = blocks.map((block) => spreading.statement(block));
      if (spreading.refusal !== null) {
        return notRunnable(this.#named(spreading.refusal, blocks), locks);
      }
      if (writesReference !== undefined)
        return scatter(referenceReason(writesReference, volatile), locks);
      if (sharded.length === 0) return { fate: 'reference', route: { to: 'any' }, locks };
      return this.#spread(spreads, sharded);
    }
    if (single === 'home') return { fate: 'single', route: { to: 'home' }, locks };
    return { fate: 'single', route: { to: 'keys', ...single }, locks };
  }

  /** Rows of several keys in one INSERT are bound well enough, but to more than one shard. */
  #named(reason: FateReason, blocks: readonly Block[]): FateReason {
    if (reason.code !== 'insert-without-key') return reason;
    const made = blocks.flatMap(writesIn).flatMap((write) => write.made);
    const sets = made.map(({ instance }) => this.#keySet(instance));
    const keys = sets.flatMap((set) => (set?.kind === 'keys' ? set.keys : []));
    if (made.length === 0 || sets.some((set) => set?.kind !== 'keys')) return reason;
    const isOne = keys.every(({ identity, list }) => identity === keys[0]?.identity && !list);
    if (!isOne) return { ...reason, code: 'several-keys' };
    // The row itself has its shard; what else the statement asks for lies elsewhere, too.
    const names = [...new Set(this.#used.flatMap((each) => this.#layoutOf(each)?.table ?? []))];
    return { ...reason, code: 'join-not-co-located', names };
  }

  #isReference({ table }: WriteBlock): boolean {
    return table !== null && this.#placing.tables.get(table)?.placement === 'reference';
  }

  /** undefined: it is no table, or a copy of it is on every shard. */
  #layoutOf({ table }: Instance): TableLayout | undefined {
    const layout = table === null ? undefined : this.#placing.tables.get(table);
    return layout?.placement === 'reference' ? undefined : layout;
  }

  #keySet(instance: Instance): KeySet | undefined {
    const layout = this.#layoutOf(instance);
    if (layout === undefined) return undefined;
    const found = keySetOf(instance, layout.keyColumns, this.#parameters);
    if (found?.kind !== 'range' || layout.bits === undefined) return found;
    // Only the highest bits of a number rise with it; the sign is never set.
    return layout.bits.from + layout.bits.count >= 63 ? found : undefined;
  }

  /** The one key that all rows have that can change the outcome; null: they may have several. */
  #single(
    sharded: readonly Instance[],
  ): { router: KeyedRouter; keys: readonly BoundKey[] } | 'home' | null {
    const layouts = sharded.map((each) => present(this.#layoutOf(each), 'sharded table'));
    const [first] = layouts;
    if (first === undefined || new Set(layouts.map(groupOf)).size > 1) return null;
    if (first.placement === 'home') return 'home';
    const keys: FoundKey[] = [];
    for (const instance of sharded) {
      const found = this.#keySet(instance);
      if (found?.kind !== 'keys') return null;
      keys.push(...found.keys);
    }
    const [key] = keys;
    const isOne = keys.every(({ identity, list }) => identity === key?.identity && !list);
    return key === undefined || !isOne ? null : { router: routerOf(first), keys: [key.bound] };
  }

  #spread(spreads: readonly Spread[], sharded: readonly Instance[]): StatementLayout {
    const { locks } = this.#analysis;
    const doubt = spreads.map((each) => each.doubt).find((each) => each !== null);
    const routed = this.#several(spreads);
    if (routed === undefined) {
      const reason = doubt ?? this.#unbound(sharded);
      return scatter(reason, locks);
    }
    const { route, code } = routed;
    const [at] = sharded;
    const reason: FateReason = doubt ?? { code, names: [], ...(at !== undefined && { at: at.at }) };
    return { fate: 'multi', route, locks, reason };
  }

  /** The keys, or the range of them, that rows of any part of the statement have. */
  #several(
    spreads: readonly Spread[],
  ): { route: StatementLayout['route']; code: FateReason['code'] } | undefined {
    const keys: FoundKey[] = [];
    const routers = new Map<string, KeyedRouter>();
    const anchors = spreads.flatMap((spread) => spread.anchors);
    for (const members of anchors) {
      const found = members.flatMap(({ instance }) => this.#keySet(instance) ?? [])[0];
      const layout = members.map(({ instance }) => this.#layoutOf(instance)).find(Boolean);
      if (found === undefined || layout === undefined) return undefined;
      routers.set(groupOf(layout), routerOf(layout));
      if (found.kind === 'range') {
        if (anchors.length > 1) return undefined;
        const { low, high } = found;
        return {
          route: { to: 'range', router: routerOf(layout), low, high },
          code: 'key-in-range',
        };
      }
      keys.push(...found.keys);
    }
    const [router] = routers.values();
    if (router === undefined || routers.size > 1) return undefined;
    const distinct = [...new Map(keys.map((key) => [key.identity, key.bound])).values()];
    const code = keys.some(({ list }) => list) ? 'key-in-list' : 'several-keys';
    return { route: { to: 'keys', router, keys: distinct }, code };
  }

  #unbound(sharded: readonly Instance[]): FateReason {
    const instance =
      sharded.find((each) => this.#keySet(each) === undefined) ?? present(sharded[0], 'a table');
    const { table, keyColumns } = present(this.#layoutOf(instance), 'its layout');
    const missing = keyColumns.filter(
      (column) => keySetOf(instance, [column], this.#parameters) === undefined,
    );
    return { code: 'key-not-bound', names: [table, ...missing], at: instance.at };
  }
}

const scatter = (reason: FateReason, locks: boolean): StatementLayout => ({
  fate: 'scatter',
  route: { to: 'all' },
  locks,
  reason,
});

const routerOf = ({ placement, table }: TableLayout): KeyedRouter =>
  placement === 'own-key' ? { ownKeyOf: table } : 'main';

/** Copies differ where each shard makes up a value of its own. */
function referenceReason({ table, at }: WriteBlock, volatile: readonly string[]): FateReason {
  const [name] = volatile;
  if (name !== undefined) return { code: 'undecided', names: [table ?? '', name], at };
  return { code: 'reference-write', names: [table ?? ''], at };
}

const order: readonly Fate[] = ['reference', 'single', 'multi', 'scatter', 'notRunnable'];

/** An operation takes the fate of its worst statement. */
export function worstFate(fates: readonly Fate[]): Fate {
  return fates.reduce<Fate>(
    (worst, fate) => (order.indexOf(fate) > order.indexOf(worst) ? fate : worst),
    'reference',
  );
}
