/** What one flag says, as a number or whatever it stands for; null where it was not given. */
export type ReadFlag = <T>(
  flag: string,
  text: string | undefined,
  parse: (text: string) => T | undefined,
  allowed: string,
) => T | null;

/** Reads flags one after another; what is wrong with any of them is added to the problems. */
export const flagReader =
  (problems: string[]): ReadFlag =>
  (flag, text, parse, allowed) => {
    if (text === undefined) return null;
    const value = parse(text);
    if (value === undefined) problems.push(`--${flag}: found "${text}"; allowed: ${allowed}`);
    return value ?? null;
  };
