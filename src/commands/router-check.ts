import { styleText } from 'node:util';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import type { CheckOutcome } from '../router/checks/router-checks.ts';
import type { RouterDefinition, RouterTraits } from '../router/contract.ts';
import { checkRouter } from '../study/route/check-router.ts';

/** What `--json` prints. */
interface RouterCheckDocument {
  readonly schema: 'shardlab/router-check/v1';
  readonly router: string;
  readonly keyTypes: readonly string[];
  readonly traits: RouterTraits;
  readonly holds: boolean;
  readonly checks: readonly CheckOutcome[];
}

/** `shardlab router check`: exit code 4 when something of what a router promises does not hold. */
export async function routerCheck(
  path: string,
  flags: { readonly json?: true },
  { stdout, stderr, environment }: Streams,
): Promise<ExitCode> {
  const json = flags.json === true;
  const colour = wantsColour(stdout, environment);
  const say = (text: string): void => {
    if (!json) stdout.write(`${text}\n`);
  };
  const { definition, outcomes } = await checkRouter(path, {
    read: (router) => say(heading(router)),
    fewerKeys: (tried, usual) =>
      stderr.write(`${path} is slow, so growth is tried with ${tried} keys instead of ${usual}\n`),
    checked: (outcome) => say(line(outcome, colour)),
  });
  say(summary(outcomes));
  const holds = count(outcomes, 'fails') === 0;
  if (json) {
    const document: RouterCheckDocument = {
      schema: 'shardlab/router-check/v1',
      router: path,
      keyTypes: definition.keyTypes,
      traits: definition.traits,
      holds,
      checks: outcomes,
    };
    stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  return holds ? exitCodes.ok : exitCodes.failed;
}

const promises = [
  'monotone',
  'weighted',
  'ordered',
  'removesAny',
  'hashes',
  'placesKnownKeys',
] as const satisfies readonly (keyof RouterTraits)[];

function heading({ name, keyTypes, traits }: RouterDefinition): string {
  const declared = promises.filter((trait) => traits[trait]);
  const said = declared.length === 0 ? 'no trait' : declared.join(', ');
  return `${name} takes ${keyTypes.join(', ')} keys and declares ${said}`;
}

const labels = { holds: 'holds', fails: 'FAILS', 'does not apply': 'n/a' } as const;
const colours = { holds: 'green', fails: 'red', 'does not apply': 'gray' } as const;

function line({ check, outcome, reason }: CheckOutcome, colour: boolean): string {
  const label = labels[outcome].padEnd(5);
  const shown = colour ? styleText(colours[outcome], label) : label;
  return `${shown}  ${check}${reason === '' ? '' : `: ${reason.replaceAll('\n', ' ')}`}`;
}

const count = (outcomes: readonly CheckOutcome[], wanted: CheckOutcome['outcome']): number =>
  outcomes.filter(({ outcome }) => outcome === wanted).length;

function summary(outcomes: readonly CheckOutcome[]): string {
  const [holds, fails, not] = [
    count(outcomes, 'holds'),
    count(outcomes, 'fails'),
    count(outcomes, 'does not apply'),
  ];
  const verdict =
    fails === 0 ? 'The router keeps all its promises' : 'The router breaks some of its promises';
  return `${verdict}: ${holds} checks hold, ${fails} fail, ${not} do not apply.`;
}
