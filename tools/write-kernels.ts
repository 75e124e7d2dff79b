import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The kernels of kernels/*.as, compiled by AssemblyScript into TypeScript files that are committed:
 * whoever uses the package needs no compiler. `npm run kernels` writes them.
 */
export const kernels = [
  { source: 'hash', target: 'base/hash/hash-kernel-code.ts', constant: 'hashKernelCode' },
  {
    source: 'route',
    target: 'router/kernels/route-kernel-code.ts',
    constant: 'routeKernelCode',
  },
] as const;

export type Kernel = (typeof kernels)[number];

const flags = ['-O3', '--converge', '--noAssert', '--runtime', 'stub'];
// The first page is the kernels' own, from address 0 on: their data would begin there otherwise.
const memory = ['--initialMemory', '1', '--memoryBase', '2048'];
const charactersALine = 96;

/** Path of the file that the kernel is written to. */
export const targetOf = ({ target }: Kernel): string =>
  join(import.meta.dirname, '..', 'src', target);

/** The text of the committed file; a test compares the two. */
export async function kernelText({ source, constant }: Kernel): Promise<string> {
  const { main } = await import('assemblyscript/asc');
  let code: Uint8Array = new Uint8Array();
  const names = [`${source}.ts`, '--outFile', 'kernel.wasm'];
  const said: string[] = [];
  const { error } = await main([...names, ...flags, ...memory, '--enable', 'reference-types'], {
    readFile: readSource,
    writeFile: (_, content) => {
      if (typeof content !== 'string') code = content;
    },
    listFiles: () => [],
    stderr: { write: (chunk) => said.push(chunk.toString()) },
  });
  if (error !== null) throw new Error(`kernels/${source}.as: ${error.message}\n${said.join('')}`);
  const base64 = Buffer.from(code).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${charactersALine}}`, 'g')) ?? [];
  return [
    `// Made from kernels/${source}.as by \`npm run kernels\`: WebAssembly, ${code.length} bytes.`,
    `export const ${constant} = \``,
    ...lines,
    '`;\n',
  ].join('\n');
}

/** The compiler looks for `.ts`, which other tools would take for TypeScript. */
function readSource(name: string): string | null {
  const folder = join(import.meta.dirname, '..', 'kernels');
  const file = join(folder, name.replace(/\.ts$/, '.as'));
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It tries several names for an import.
    return null;
  }
}

if (import.meta.main) {
  for (const kernel of kernels) await writeFile(targetOf(kernel), await kernelText(kernel));
}
