/**
 * Names for scenarios, which take lower-case ASCII only: `"AlbumId"` becomes album_id, and what is
 * taken gets a number. A name that can stay does.
 */
export class ScenarioNames {
  readonly #taken = new Set<string>();

  /** @param apart what sets it apart where the name is taken, such as its schema */
  add(name: string, apart?: string): string {
    const plain = plainName(name);
    const tried = apart === undefined ? [plain] : [plain, short(`${plainName(apart)}_${plain}`)];
    const free = tried.find((each) => !this.#taken.has(each)) ?? this.#numbered(plain);
    this.#taken.add(free);
    return free;
  }

  #numbered(plain: string): string {
    for (let number = 2; ; number += 1) {
      const name = `${short(plain, `_${number}`)}_${number}`;
      if (!this.#taken.has(name)) return name;
    }
  }
}

/** Postgres cuts what is longer, and then names that differ at the end only are the same. */
const lengthMost = 63;

const short = (name: string, end = ''): string => name.slice(0, lengthMost - end.length);

function plainName(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return name;
  const words = name
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (words === '') return 'unnamed';
  return short(/^[a-z_]/.test(words) ? words : `n_${words}`);
}
