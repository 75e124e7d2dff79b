import type { AdviceOverlay } from '../../result/advice-hot.ts';
import { fact } from '../../result/finding.ts';
import type { KeyOfTable, TableChoices } from '../../scenario/table-types.ts';
import { overlayHead } from '../../wording/artefacts.ts';
import type { Artefact, Chosen } from './artefact-types.ts';

/** The strategy with what is laid over it, as a scenario has it; none where nothing is. */
export function overlayYaml(chosen: Chosen): Artefact[] {
  const { overlay, strategy, shardCount, header } = chosen;
  if (overlay === undefined || overlay === null) return [];
  const { key, router, hash, salt } = overlay;
  const { tables } = strategy;
  // Settings are those of a router: the plain one, which lists are laid over, has none.
  const settings = strategy.router === router ? strategy.settings : undefined;
  const fields = [
    `key: ${quoted(key)}`,
    `router: ${quoted(router)}`,
    ...(hash === null ? [] : [`hash: ${quoted(hash)}`]),
    ...(salt === '' ? [] : [`salt: ${quoted(salt)}`]),
    ...(settings === undefined ? [] : [`settings: ${JSON.stringify(settings)}`]),
    ...(tables === undefined ? [] : tableLines(tables)),
    ...overlayLines(overlay),
  ];
  const text = [
    ...overlayHead({ over: overlay.over, beside: header.join(' '), shardCount }),
    'strategies:',
    ...fields.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
  ];
  const keys = Object.keys(overlay.pin?.tenants ?? {}).length;
  const note = fact('artefact-overlay', {
    numbers: { keys: keys + (overlay.split?.tenants?.length ?? 0), shards: shardCount },
    names: { remedy: overlay.remedy },
  });
  const isOwn = strategy.pin !== undefined || strategy.split !== undefined;
  const placement = isOwn ? 'exact' : 'different';
  return [{ path: 'overlay.yaml', text: `${text.join('\n')}\n`, placement, note }];
}

/** YAML reads what JSON writes. */
const quoted = (text: string): string => JSON.stringify(text);

function overlayLines({ pin, split }: AdviceOverlay): string[] {
  const lines: string[] = [];
  if (pin !== null) {
    lines.push('pin:');
    if (pin.above !== undefined) lines.push(`  above: ${pin.above}`);
    if (pin.tenants !== undefined) lines.push('  tenants:');
    for (const [id, shard] of Object.entries(pin.tenants ?? {})) {
      lines.push(`    ${quoted(id)}: ${shard}`);
    }
    if (pin.exclusive === true) lines.push('  exclusive: true');
  }
  if (split !== null) {
    lines.push('split:');
    if (split.above !== undefined) lines.push(`  above: ${split.above}`);
    if (split.tenants !== undefined) lines.push(`  tenants: ${JSON.stringify(split.tenants)}`);
    lines.push(`  by: ${quoted(split.by)}`, `  over: ${split.over}`);
  }
  return lines;
}

function tableLines({ reference, home, own }: TableChoices): string[] {
  const keyOf = ({ columns, bits }: KeyOfTable) => {
    if (bits !== undefined) return { bits: columns[0], ...bits };
    return columns.length === 1 ? (columns[0] ?? '') : columns;
  };
  const owned = Object.fromEntries(own.map((each) => [each.table, keyOf(each)]));
  return [
    ...(reference.length === 0 ? [] : [`reference: ${JSON.stringify(reference)}`]),
    ...(home.length === 0 ? [] : [`home: ${JSON.stringify(home)}`]),
    ...(own.length === 0 ? [] : [`own: ${JSON.stringify(owned)}`]),
  ];
}
