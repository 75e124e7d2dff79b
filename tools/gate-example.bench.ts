import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The worked example of docs/gate-in-ci.md, played through with git in a temporary folder: a pull
 * request that slows a router, and the one that mends it. Writes the summaries that the gate gave.
 *
 *     npm run gate-example
 */

const repository = join(import.meta.dirname, '..');
const target = join(repository, 'results', 'baseline', 'gate-example.md');

const router = (key: string): string => `export default {
  traits: { hashes: true },
  build: ({ shardCount }, { hashOf }) => (key) => hashOf(${key}) % shardCount,
};
`;

const folder = mkdtempSync(join(tmpdir(), 'gate-example-'));
try {
  const git = (...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=example', '-c', 'user.email=example@example.org'];
    return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  };
  const commit = (message: string, files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };
  git('init', '--quiet', '--initial-branch=main');
  commit('a router', {
    'package.json': '{ "private": true, "type": "module" }\n',
    'my-router.js': router('key'),
  });
  git('checkout', '--quiet', '-b', 'normalise-keys');
  const parts = [
    ['The pull request hashes `key.normalize()`', router('key.normalize()')],
    ['It then hashes `key`, and keys are normalised where they are made', router('key')],
  ] as const;
  const text = parts.map(([message, source], index) => {
    commit(message, { 'my-router.js': source });
    const summary = join(folder, '.git', `summary-${index}.md`);
    const args = ['gate', '--base', 'main', '--router', './my-router.js', '--markdown', summary];
    const launcher = join(repository, 'bin', 'shardlab.js');
    const { status } = spawnSync(process.execPath, [launcher, ...args], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return `${message}: exit code ${status}.\n\n${readFileSync(summary, 'utf8')}`;
  });
  writeFileSync(target, text.join('\n'));
  process.stdout.write(`${target}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
