import { counted, listed, percent } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const listedMost = 10;
const names = (said: Said, list: string): string => listed(said.list(list), listedMost);
const seconds = (said: Said): string => `${Math.round(said.number('elapsedMs') / 1000)} s`;

/** Why there is no evidence. */
const missing: Sentences = {
  'router-not-counted': (said) => `${said.name('subject')}: ${said.name('problem')}`,
  'router-not-counted-in-head': (said) =>
    `${said.name('subject')}: in head: ${said.name('problem')}`,
  'router-not-counted-in-base': (said) =>
    `${said.name('subject')}: in the base: ${said.name('problem')}; a new router cannot be ` +
    'compared until the base has it too',
  'no-baseline': (said) =>
    `${said.name('subject')}: there is no ${said.name('file')}; ${writeThem(said)}`,
  'not-in-baseline': (said) =>
    `${said.name('subject')}: ${said.name('file')} has no counters of this router; ` +
    writeThem(said),
  'router-gone': (said) =>
    `${said.name('subject')}: ${said.name('file')} has counters of this router, but head does ` +
    'not have the router',
  'base-too-old': (said) =>
    `the base ${said.name('base')} is older than the gate: it has no ${said.name('file')}, ` +
    'which times its routers; name a newer base',
  'router-not-timed': (said) =>
    `${said.name('router')} was not timed: ` +
    (said.hasName('problem') ? said.name('problem') : 'no sample'),
  'nothing-timed': () => 'no router was timed',
};

const writeThem = (said: Said): string =>
  'write the counters and commit them: shardlab gate --write-counters --router ' +
  said.name('subject');

/** How head's answers differ from those of the baseline. */
const changed: Sentences = {
  'counters-differ': (said) => {
    const count = said.number('differences');
    const subjects = [...said.list('hashes'), ...said.list('routers')];
    const effect =
      said.name('effect') === 'work'
        ? 'every key stays on its shard, but a look-up does a different amount of work'
        : 'keys would be looked for on different shards';
    return (
      `${count} exact ${count === 1 ? 'counter differs' : 'counters differ'}, of ` +
      `${listed(subjects, listedMost)}: ${effect}, so nothing was timed`
    );
  },
  'write-counters-if-intended': (said) => {
    const files = said.list('files').map((file) => ` --router ${file}`);
    return (
      'if you intend this change, write the new counters with ' +
      `\`shardlab gate --write-counters${files.join('')}\` and commit them`
    );
  },
  'hash-moves-keys': (said) =>
    `${names(said, 'hashes')} gives different values, so routers that use it place keys ` +
    'differently',
};

/** How head's times compare with those of the base. */
const timed: Sentences = {
  'router-slower': (said) => {
    const ratio = said.perhaps('ratio');
    if (ratio === null) return `${said.name('router')} is slower`;
    return `${said.name('router')} is ${percent(ratio - 1)} slower (${rangeOf(said)})`;
  },
  'key-hash-slower': (said) => {
    const hash = said.name('hash');
    return (
      `all ${said.number('routers')} routers that use the key hash ${hash} are slower, so the ` +
      `key hash ${hash} (or code that every look-up runs) is the likely cause`
    );
  },
  'own-code-slower': (said) => {
    const routers = said.list('routers');
    const others = said.number('others');
    const whose = routers.length === 1 ? `the code of ${routers[0]} itself` : 'their own code';
    const they =
      others === 1
        ? 'the other router was not found slower'
        : `${others} others were not found slower`;
    return `${whose} is the likely cause: ${they}`;
  },
  'answers-differ': (said) =>
    `${said.name('router')} in head places keys on different shards than in the base`,
  'too-few-pairs': (said) => {
    const pairs = said.number('pairs');
    const measured =
      pairs === 1 ? 'pair of processes was measured' : 'pairs of processes were measured';
    return (
      `${names(said, 'routers')}: only ${pairs} ${measured} in ${seconds(said)} on this machine, ` +
      `but a comparison of times needs ${said.number('pairsNeeded')}: run the gate again with a ` +
      'longer --max-time'
    );
  },
  'times-undecided': (said) =>
    `${names(said, 'routers')} could not be decided in ${seconds(said)} on this machine: run the ` +
    'gate again, or with a longer --max-time',
  'routers-not-slower': (said) =>
    `these are not slower by ${percent(said.number('toleranceFraction'))} or more: ` +
    names(said, 'routers'),
};

/** `10 % to 14 %; two measurements of the base differ by up to 1.5 %`. */
function rangeOf(said: Said): string {
  const [low, high] = (['ratioLow', 'ratioHigh'] as const).map((end) => {
    const ratio = said.perhaps(end);
    return ratio === null ? null : percent(ratio - 1);
  });
  const noise = said.perhaps('noise');
  const range = high === null ? `at least ${low}` : `${low} to ${high}`;
  const own =
    noise === null ? '' : `; two measurements of the base differ by up to ${percent(noise)}`;
  return `${range}${own}`;
}

/** Which trees are compared, and with which packages. */
const notes: Sentences = {
  'what-is-compared': (said) => {
    const base = said.hasName('baseCommit')
      ? `${said.name('base')} (${said.name('baseCommit').slice(0, 12)})`
      : said.name('base');
    return `head is ${headOf(said)}; the base is ${base}`;
  },
  'base-is-folder': (said) =>
    `the base is the folder ${said.name('folder')} with the files that it has now`,
  'base-uses-packages-of-head': (said) =>
    `${said.name('lockFile')} of the base differs from that of head, and the gate installs ` +
    "packages only from npm's lock files: head's packages are used for both; to use the base's " +
    'own packages, name a folder that has them (--base ./base)',
  'base-packages-installed': (said) =>
    `${said.name('lockFile')} of the base differs from that of head: npm ci installed the base's ` +
    'packages',
};

/** Its branch and commit, and what was changed since. */
function headOf(said: Said): string {
  if (said.name('head') === 'folder') {
    return 'the current folder, which is not in a git repository';
  }
  const at = said.hasName('commit')
    ? `at ${said.name('commit').slice(0, 12)}`
    : 'before its first commit';
  const name = `${said.hasName('branch') ? said.name('branch') : 'a detached head'} ${at}`;
  const changedFiles = said.number('changedFiles');
  if (changedFiles === 0) return name;
  const files = counted(changedFiles, 'file');
  return `the working tree with its present files: ${name} with ${files} changed or new`;
}

/** What `gate` finds. */
export const gateSentences: Sentences = { ...missing, ...changed, ...timed, ...notes };
