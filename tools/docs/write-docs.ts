import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { commandLinePage } from './command-line-page.ts';
import { documentPages } from './documents-pages.ts';
import { exitCodesPage } from './exit-codes-page.ts';
import { gateExamples } from './gate-example.ts';
import { withPart } from './markdown.ts';
import { routersPage } from './routers-page.ts';
import { samplePicture, sampleOutput } from './sample.ts';
import { scenarioPage } from './scenario-page.ts';

/** A committed file as it should be. */
interface MadeFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** Everything in README.md and docs/ that is made from the code; a test compares. */
export async function madeFiles(): Promise<readonly MadeFile[]> {
  const readme = await readFile(at('README.md'), 'utf8');
  const gate = await readFile(at('docs/gate-in-ci.md'), 'utf8');
  const [stopped, mended] = gateExamples();
  return [
    { path: 'README.md', content: withPart(readme, 'sample', sampleOutput()) },
    {
      path: 'docs/gate-in-ci.md',
      content: withPart(withPart(gate, 'stopped', stopped), 'mended', mended),
    },
    { path: 'docs/images/write-balance.svg', content: await samplePicture() },
    { path: 'docs/reference/command-line.md', content: await commandLinePage() },
    { path: 'docs/reference/exit-codes.md', content: exitCodesPage() },
    { path: 'docs/reference/routers.md', content: routersPage() },
    { path: 'docs/reference/scenario.md', content: scenarioPage() },
    ...(await documentPages()),
  ];
}

if (import.meta.main) {
  for (const { path, content } of await madeFiles()) {
    await mkdir(dirname(at(path).pathname), { recursive: true });
    await writeFile(at(path), content);
  }
}
