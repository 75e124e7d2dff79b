import type { Block, Instance, Link, Rel } from './blocks.ts';

/** Every use of a table in a block, and the rows of its set operations. */
export function instancesOf(block: Block): Instance[] {
  if (block.kind === 'select') {
    return [...instancesIn(block.rel), ...inLinks([...block.where.links, ...block.links])];
  }
  if (block.kind === 'set') {
    const own = block.self === undefined ? [block.rows] : [block.rows, block.self];
    return [...own, ...block.arms.flatMap(instancesOf)];
  }
  const made = block.made.map(({ instance }) => instance);
  return [...instancesOf(block.source), ...made, ...inLinks(block.links)];
}

export function instancesIn(rel: Rel): Instance[] {
  if (rel.kind === 'instance') return [rel.instance];
  if (rel.kind === 'block') return instancesOf(rel.block);
  if (rel.kind !== 'join') return [];
  return [...instancesIn(rel.left), ...instancesIn(rel.right), ...inLinks(rel.on.links)];
}

const inLinks = (links: readonly Link[]): Instance[] =>
  links.flatMap(({ block }) => instancesOf(block));
