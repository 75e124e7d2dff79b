import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { exitCodes } from '../../../base/exit-codes.ts';
import { UserError } from '../../../base/user-error.ts';

/** Of 64 kB to 1 MB this took the least time and memory, for what is read dies young. */
const chunkBytes = 2 ** 18;

/** What files begin with that this cannot read as they are. */
const otherFormats: readonly { readonly magic: readonly number[]; readonly what: string }[] = [
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'is compressed by zstd: decompress it first' },
  { magic: [0x42, 0x5a, 0x68], what: 'is compressed by bzip2: decompress it first' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'is compressed by xz: decompress it first' },
  { magic: [0x50, 0x4b, 0x03, 0x04], what: 'is a zip archive: unpack it first' },
  { magic: [0x50, 0x41, 0x52, 0x31], what: 'is a Parquet file, not a log' },
  { magic: [0x50, 0x47, 0x44, 0x4d, 0x50], what: 'is a pg_dump archive: pg_restore -f makes SQL' },
  { magic: [0xff, 0xfe], what: 'is UTF-16: convert it to UTF-8 first' },
  { magic: [0xfe, 0xff], what: 'is UTF-16: convert it to UTF-8 first' },
];

export interface FileFacts {
  /** On disk. */
  readonly bytes: number;
  readonly gzip: boolean;
}

/** @throws UserError where it is not there, no file, empty or in a format of others */
export async function fileFacts(path: string, name: string): Promise<FileFacts> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw refused(name, 'is a folder, not a file');
      if (stat.size === 0 && stat.isFile()) throw refused(name, 'is empty');
      const head = Buffer.alloc(8);
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      const begins = (magic: readonly number[]): boolean =>
        bytesRead >= magic.length && magic.every((byte, index) => head[index] === byte);
      const other = otherFormats.find(({ magic }) => begins(magic));
      if (other !== undefined) throw refused(name, other.what);
      return { bytes: stat.size, gzip: begins([0x1f, 0x8b]) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readError(name, error);
  }
}

const refused = (name: string, what: string): UserError =>
  new UserError(`${name}: ${what}`, { exitCode: exitCodes.usage });

function readError(name: string, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EISDIR: 'is a folder, not a file',
    EACCES: 'may not be read',
    EPERM: 'may not be read',
  };
  const reason = reasons[code ?? ''];
  if (reason === undefined) return cause;
  return new UserError(`${name}: ${reason}`, { exitCode: exitCodes.usage, cause });
}

export interface ReadBytes {
  readonly signal: AbortSignal;
  /** Bytes of the file on disk that were read so far. */
  readonly progress?: (bytes: number) => void;
  /** The compressed file ends too early, or is damaged; what came before stands. */
  readonly damaged: () => void;
}

/** The file's bytes, decompressed where it is gzip, in pieces. */
export async function* fileBytes(
  path: string,
  { bytes, gzip }: FileFacts,
  { signal, progress, damaged }: ReadBytes,
): AsyncGenerator<Buffer, void, undefined> {
  // A small file needs no large buffer; what is no regular file has no size.
  const piece = bytes === 0 ? chunkBytes : Math.min(chunkBytes, bytes + 1);
  const file = createReadStream(path, { highWaterMark: piece });
  const unpacked = gzip ? file.pipe(createGunzip({ chunkSize: chunkBytes })) : file;
  if (unpacked !== file) file.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked) {
      signal.throwIfAborted();
      yield chunk as Buffer;
      progress?.(file.bytesRead);
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    damaged();
  } finally {
    unpacked.destroy();
    file.destroy();
  }
}

const isDamage = (error: unknown): boolean =>
  ['Z_BUF_ERROR', 'Z_DATA_ERROR'].includes((error as NodeJS.ErrnoException).code ?? '');
