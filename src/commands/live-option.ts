import { Option } from 'commander';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/** `--live` for a port that is free, `--live 8080` for a given one. */
export function liveOption(): Option {
  return new Option(
    '--live [port]',
    'serve a page on this machine that shows the running cell, on this port or one that is free',
  )
    .argParser(livePort)
    .conflicts('dryRun');
}

function livePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UserError(`--live: '${text}' is no port; allowed: a whole number from 0 to 65535`, {
    exitCode: exitCodes.usage,
    hint: '--live without a number takes a port that is free',
  });
}

/**
 * What follows a bare `--live` is no port unless it is a number: `run --live scenario.yaml` names
 * the scenario.
 */
export function withLivePorts(argv: readonly string[]): string[] {
  const followers = argv.slice(1);
  return argv.map((word, index) => {
    const next = followers[index];
    return word === '--live' && (next === undefined || !/^\d+$/.test(next)) ? '--live=0' : word;
  });
}
