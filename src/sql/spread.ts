import type { FateCode, FateReason, TableLayout } from '../scenario/layout-types.ts';
import type {
  Block,
  Features,
  Instance,
  JoinRel,
  Link,
  Rel,
  SelectBlock,
  SetBlock,
  WriteBlock,
} from './blocks.ts';
import { classesOf } from './classes.ts';
import { instancesOf } from './instances.ts';
import type { Term } from './terms.ts';
import { areTied, isTiedBy, type Member, memberOf } from './tied.ts';

/** How the rows that something gives are shared out over the shards. */
export interface Spread {
  /** null: each shard gives all of them. Else each of them comes from exactly one shard. */
  readonly parts: readonly Member[] | null;
  /** Of each arm of a set operation those rows that decide where it has any. */
  readonly anchors: readonly (readonly Member[])[];
  /** Whether there are none where the rows around it are elsewhere: a sub-select that is tied. */
  readonly dependent: boolean;
  /** Whether it gives a row where there are none: an aggregate without GROUP BY. */
  readonly certain: boolean;
  /** Why the rows of all shards together are not those that one database would give. */
  readonly doubt: FateReason | null;
}

const whole: Spread = {
  parts: null,
  anchors: [],
  dependent: false,
  certain: false,
  doubt: null,
};

const spreadOver = (parts: readonly Member[]): Spread => ({ ...whole, parts, anchors: [parts] });

/**
 * Whether a statement that every shard runs on its own rows gives, all answers together, what one
 * database gives.
 */
export class Spreading {
  /** The first thing that makes it impossible. */
  refusal: FateReason | null = null;
  readonly #tables: ReadonlyMap<string, TableLayout>;
  readonly #all: readonly Instance[];
  /** Keys of the rows of set operations. */
  readonly #rows = new Map<Instance, Member>();
  readonly #writes = new Map<WriteBlock, Spread>();

  constructor(tables: ReadonlyMap<string, TableLayout>, all: readonly Instance[]) {
    this.#tables = tables;
    this.#all = all;
  }

  /** A statement, or a CTE that writes; once for each. */
  statement(block: Block): Spread {
    const spread = this.#block(block);
    if (spread.dependent) this.#refuse('join-not-co-located', spread.parts ?? [], block.at);
    if (block.kind === 'write') this.#refuseDoubt(spread);
    return block.kind === 'write' ? spread : atTop(block, spread);
  }

  #refuse(code: FateCode, members: readonly Member[], at: number): void {
    const names = [...new Set(members.flatMap(({ instance }) => instance.table ?? []))];
    const groups = new Set(members.map(({ group }) => group));
    const isHome = groups.size > 1 && groups.has('home');
    this.refusal ??= { code: isHome ? 'home-and-sharded' : code, names, at };
  }

  #refuseDoubt({ doubt }: Spread): void {
    if (doubt !== null) this.refusal ??= doubt;
  }

  #member(instance: Instance): Member | null {
    if (instance.table === null) return this.#rows.get(instance) ?? null;
    const layout = this.#tables.get(instance.table);
    return layout === undefined || layout.placement === 'reference'
      ? null
      : memberOf(instance, layout);
  }

  #rel(rel: Rel): Spread {
    if (rel.kind === 'instance') {
      const member = this.#member(rel.instance);
      return member === null ? whole : spreadOver([member]);
    }
    if (rel.kind === 'block') return this.#block(rel.block);
    return rel.kind === 'join' ? this.#join(rel) : whole;
  }

  #join(rel: JoinRel): Spread {
    const [left, right] = [this.#rel(rel.left), this.#rel(rel.right)];
    const joined = this.#met(left, right, rel);
    return this.#links(joined, rel.on.links);
  }

  #met(left: Spread, right: Spread, rel: JoinRel): Spread {
    const { effective: type } = rel;
    if (left.parts === null && right.parts === null) return whole;
    if (left.parts !== null && right.parts !== null) {
      if (!meet(left.parts, right.parts, type === 'full' ? rel : null)) {
        this.#refuse('join-not-co-located', [...left.parts, ...right.parts], placeOf(right));
      }
      this.#refuseDoubt(left);
      this.#refuseDoubt(right);
      // Which rows there are, the side that gives a row in any case does not decide.
      if (type === 'left' || (type === 'inner' && right.certain)) return left;
      if (type === 'right' || (type === 'inner' && left.certain)) return right;
      const parts = [...left.parts, ...right.parts];
      // Rows of either side are there without the other.
      const anchors = [...left.anchors, ...right.anchors];
      return type === 'full' ? { ...whole, parts, anchors } : spreadOver(parts);
    }
    const [some, isRight] = left.parts === null ? [right, true] : [left, false];
    // Each shard would give the rows that find none of its own.
    const isFilled =
      type === 'full' || (type === 'left' && isRight) || (type === 'right' && !isRight);
    if (isFilled) this.#refuse('join-not-co-located', some.parts ?? [], placeOf(some));
    return some;
  }

  /** Sub-selects must find all of their rows beside the row that they are asked for. */
  #links(around: Spread, links: readonly Link[]): Spread {
    let spread = around;
    for (const link of links) {
      const inner = this.#block(link.block);
      if (inner.parts === null) continue;
      if (spread.parts === null) {
        spread = { ...inner, dependent: true };
        continue;
      }
      if (!meet(spread.parts, inner.parts, null)) {
        this.#refuse('join-not-co-located', [...spread.parts, ...inner.parts], link.at);
      }
      this.#refuseDoubt(inner);
    }
    return spread;
  }

  #block(block: Block): Spread {
    if (block.kind === 'set') return this.#set(block);
    if (block.kind === 'select') return this.#select(block);
    const before = this.#writes.get(block);
    const spread = before ?? this.#write(block);
    this.#writes.set(block, spread);
    return spread;
  }

  #select(block: SelectBlock): Spread {
    const from = this.#rel(block.rel);
    const linked = this.#links(from, [...block.where.links, ...block.links]);
    const spread = { ...linked, certain: linked.certain || block.features.group?.length === 0 };
    if (spread.parts === null || spread.doubt !== null) return spread;
    const isApart = this.#isApart(spread.parts, block);
    return isApart ? { ...spread, doubt: { code: 'undecided', names: [], at: block.at } } : spread;
  }

  /** Whether groups, windows or a limit take rows together that lie on several shards. */
  #isApart(parts: readonly Member[], block: SelectBlock): boolean {
    const { group, distinct, limit, offset, windows } = block.features;
    const lists = [group, distinct, ...windows].flatMap((list) => (list === null ? [] : [list]));
    if (lists.length === 0 && !limit && !offset) return false;
    const inside = new Set(instancesOf(block));
    const outside = this.#all.flatMap((instance) =>
      inside.has(instance) ? [] : (this.#member(instance) ?? []),
    );
    const isTied = parts.some((part) =>
      outside.some((other) => isTiedBy(part, other, part.instance)),
    );
    if (isTied) return false;
    return limit || offset || lists.some((list) => !parts.some((part) => hasKey(list, part)));
  }

  #set(block: SetBlock): Spread {
    const { arms, operation, rows, self } = block;
    const base = this.#block(arms[0]);
    const places = keyPlaces(arms[0], base);
    if (self !== undefined && base.parts !== null) this.#name(self, base.parts, places);
    const step = this.#block(arms[1]);
    const parts = [...(base.parts ?? []), ...(step.parts ?? [])];
    if (parts.length === 0) return whole;
    const common = keyPlaces(arms[1], step);
    const isKeyed =
      base.parts !== null && step.parts !== null && places !== null && same(places, common);
    if (self !== undefined && places !== null && step.parts !== null && !isKeyed) {
      this.#refuse('join-not-co-located', parts, block.at);
    }
    const doubt = base.doubt ?? step.doubt ?? this.#setDoubt(block, base, step, isKeyed);
    const member = this.#name(rows, parts, isKeyed || operation === 'except' ? places : null);
    if (base.dependent || step.dependent) this.#refuse('join-not-co-located', parts, block.at);
    const anchors = operation === 'except' ? base.anchors : [...base.anchors, ...step.anchors];
    return { parts: [member], anchors, dependent: false, certain: false, doubt };
  }

  #name(rows: Instance, parts: readonly Member[], places: readonly number[] | null): Member {
    const key = places?.map((place): Term => {
      return { kind: 'column', instance: rows.id, column: String(place) };
    });
    const member = { instance: rows, group: parts[0]?.group ?? 'main', key: key ?? null };
    this.#rows.set(rows, member);
    return member;
  }

  #setDoubt(
    { operation, at, features }: SetBlock,
    base: Spread,
    step: Spread,
    isKeyed: boolean,
  ): FateReason | null {
    const isMixed = base.parts === null || step.parts === null;
    const undecided: FateReason = { code: 'undecided', names: [], at };
    const parts = [...(base.parts ?? []), ...(step.parts ?? [])];
    const isEither = operation === 'union all' || operation === 'recursive';
    // Rows that are on every shard would be given by each of them.
    const isRefused = isEither
      ? isMixed && operation === 'union all'
      : base.parts === null || !(isMixed || isKeyed);
    if (operation !== 'union' && isRefused) this.#refuse('join-not-co-located', parts, at);
    const isApart = features.offset || features.limit || (operation === 'union' && !isKeyed);
    return isApart ? undecided : null;
  }

  #write(block: WriteBlock): Spread {
    const source = this.#block(block.source);
    const spread = this.#links(source, block.links);
    const layout = block.table === null ? undefined : this.#tables.get(block.table);
    if (layout === undefined) {
      this.refusal ??= { code: 'undecided', names: [], at: block.at };
      return spread;
    }
    if (layout.placement === 'reference') {
      if (spread.parts !== null) this.#refuse('join-not-co-located', spread.parts, block.at);
      this.#refuseDoubt(source);
      return whole;
    }
    this.#refuseDoubt(source);
    const made = block.made.flatMap(({ instance }) => this.#member(instance) ?? []);
    for (const member of made) {
      if (source.parts !== null && meet(source.parts, [member], null)) continue;
      // Each shard would insert the row, whosever it is.
      this.#refuse('insert-without-key', [member], block.at);
    }
    return spread.parts === null ? spreadOver(made) : spread;
  }
}

/** @param full a join that keeps the rows of both sides: what it is on is no condition of either */
function meet(left: readonly Member[], right: readonly Member[], full: JoinRel | null): boolean {
  return left.some((one) =>
    right.some((other) => {
      if (full === null) return areTied(one, other);
      const conds = [...one.instance.conds, ...full.on.conds];
      return isTiedBy(one, other, { ...one.instance, conds });
    }),
  );
}

const placeOf = ({ parts }: Spread): number => parts?.[0]?.instance.at ?? 0;

/** At the top, the caller merges groups, DISTINCT, order and limit of all answers. */
function atTop(block: SelectBlock | SetBlock, spread: Spread): Spread {
  const { parts, doubt } = spread;
  if (parts === null || doubt === null || doubt.at !== block.at) return spread;
  return needsAll(block.features, parts) ? spread : { ...spread, doubt: null };
}

const hasKey = (list: readonly Term[], { key, instance, group }: Member): boolean => {
  if (group === 'home') return true;
  const classes = classesOf(instance.conds);
  return key?.every((term) => list.some((each) => classes.same(each, term))) === true;
};

/** What no caller can do with the answers of all shards. */
function needsAll({ having, offset, windows }: Features, parts: readonly Member[]): boolean {
  const isWindowed = windows.some((list) => !parts.some((part) => hasKey(list, part)));
  return having || offset || isWindowed;
}

/** Which columns of a block are the key of its rows. */
function keyPlaces({ outputs }: Block, { parts }: Spread): number[] | null {
  for (const { key, instance } of parts ?? []) {
    const classes = classesOf(instance.conds);
    const places = (key ?? []).map((term) =>
      outputs.findIndex((each) => each.term !== null && classes.same(each.term, term)),
    );
    if (key !== null && places.length > 0 && !places.includes(-1)) return places;
  }
  return null;
}

const same = (one: readonly number[], other: readonly number[] | null): boolean =>
  other !== null && one.length === other.length && one.every((each, at) => each === other[at]);
