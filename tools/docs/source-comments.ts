/**
 * The doc comments of the members of exported constants: `cell.load.arrivals` -> its comment. With
 * them the reference pages say of each field what the source says, and nothing is written twice.
 */
export function sourceComments(source: string): ReadonlyMap<string, string> {
  const reader = new CommentReader();
  for (const { groups = {} } of source.matchAll(tokens)) reader.take(groups);
  return reader.comments;
}

const tokens = new RegExp(
  [
    // With an empty line below it, it is about the file.
    String.raw`\/\*\*(?<doc>[\s\S]*?)\*\/(?<apart>\s*?\n[ \t]*\n)?`,
    String.raw`\/\/.*$`,
    String.raw`(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\`(?:[^\`\\]|\\.)*\`)`,
    String.raw`^(?:export )?const (?<constant>\w+)`,
    String.raw`(?<member>[A-Za-z_]\w*):`,
    String.raw`(?<open>\{)`,
    String.raw`(?<close>\})`,
  ].join('|'),
  'gm',
);

type Token = Readonly<Record<string, string | undefined>>;

class CommentReader {
  readonly comments = new Map<string, string>();
  /** Members that the opened braces belong to; '' where there is none. */
  #within: string[] = [];
  #constant = '';
  #member = '';
  #doc: string | null = null;

  take({ doc, apart, text, constant, member, open, close }: Token): void {
    if (doc !== undefined) this.#doc = apart === undefined ? doc : null;
    // It was about a value of a list.
    else if (text !== undefined) this.#doc = null;
    else if (constant !== undefined) this.#begin(constant);
    else if (member !== undefined) this.#name(member);
    else if (open !== undefined) this.#enter();
    else if (close !== undefined) this.#leave();
  }

  #begin(constant: string): void {
    this.#within = [];
    this.#member = '';
    this.#constant = constant;
    this.#note(constant);
  }

  #name(member: string): void {
    this.#member = member;
    this.#note(this.#path(member));
  }

  #enter(): void {
    this.#within.push(this.#member);
    this.#member = '';
  }

  #leave(): void {
    this.#within.pop();
    this.#member = '';
    this.#doc = null;
  }

  #path(member: string): string {
    return [this.#constant, ...this.#within, member].filter((part) => part !== '').join('.');
  }

  #note(path: string): void {
    if (this.#doc !== null) this.comments.set(path, plain(this.#doc));
    this.#doc = null;
  }
}

/** A doc comment without its stars, on one line. */
const plain = (doc: string): string =>
  doc
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
