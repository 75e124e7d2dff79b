import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** The bytes of a file as they are read, unzipped. */
export async function* fileBytes(
  path: string,
  { gzip, signal }: { readonly gzip: boolean; readonly signal: AbortSignal },
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 2 ** 20, signal });
  if (!gzip) {
    for await (const chunk of file) yield chunk as Buffer;
    return;
  }
  const unzip = createGunzip({ chunkSize: 2 ** 20 });
  // A pipe hands no errors on.
  file.on('error', (error) => unzip.destroy(error));
  for await (const chunk of file.pipe(unzip)) yield chunk as Buffer;
}
