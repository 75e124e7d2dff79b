import type { Unseen } from '../../profile/evidence.ts';
import type { LogRecord } from '../../sources/logs/log-record.ts';
import type {
  ObservedTemplates,
  TemplateObserver,
} from '../../sources/logs/observing/template-observer.ts';

export interface DatabaseFindings {
  readonly seen: ObservedTemplates;
  /** Whose statements count; null: the log does not say of which database they are. */
  readonly database: string | null;
  /** Statements of others. */
  readonly aside: number;
  readonly unseen: readonly Unseen[];
}

/** Databases whose templates are kept until it is known which one counts. */
const databasesMost = 16;
/** Names of others that are told. */
const namesMost = 20;

/**
 * A server writes the statements of all its databases into one log, and tables of two databases may
 * have the same names: one of them counts. It is the wanted one where it has any statements, else
 * the one that has most of them.
 */
export class DatabaseTemplates {
  readonly #wanted: string | null;
  readonly #make: () => TemplateObserver;
  readonly #observers = new Map<string | null, TemplateObserver>();
  readonly #counts = new Map<string | null, number>();
  #isFound = false;

  /** @param make an observer of one database */
  constructor(wanted: string | null, make: () => TemplateObserver) {
    this.#wanted = wanted;
    this.#make = make;
  }

  add(record: LogRecord): void {
    const database = record.database ?? null;
    this.#counts.set(database, (this.#counts.get(database) ?? 0) + 1);
    if (database !== null && database === this.#wanted && !this.#isFound) {
      this.#isFound = true;
      this.#observers.clear();
    }
    if (!this.#isFound || database === this.#wanted) this.#observer(database)?.add(record);
  }

  #observer(database: string | null): TemplateObserver | undefined {
    const known = this.#observers.get(database);
    if (known !== undefined || this.#observers.size >= databasesMost) return known;
    const made = this.#make();
    this.#observers.set(database, made);
    return made;
  }

  finish(): DatabaseFindings {
    const count = (of: string | null): number => this.#counts.get(of) ?? 0;
    const kept = [...this.#observers.keys()].toSorted((one, other) => count(other) - count(one));
    const database = kept[0] ?? null;
    const seen = (this.#observers.get(database) ?? this.#make()).finish();
    const others = [...this.#counts.keys()].filter((each) => each !== database);
    const aside = others.reduce((sum, each) => sum + count(each), 0);
    return { seen, database, aside, unseen: this.#unseen(database, others, aside) };
  }

  #unseen(database: string | null, others: readonly (string | null)[], aside: number): Unseen[] {
    if (aside === 0 && (database === null || this.#wanted === null || this.#isFound)) return [];
    const names = {
      database: database ?? '',
      wanted: this.#wanted ?? '',
      others: others.flatMap((each) => each ?? []).slice(0, namesMost),
    };
    const code = this.#isFound
      ? 'statements-of-other-databases'
      : this.#wanted === null
        ? 'statements-of-several-databases'
        : 'statements-without-the-database';
    return [{ code, names, numbers: { statements: aside, databases: others.length } }];
  }
}
