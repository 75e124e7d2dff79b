import { readDocument } from './document.ts';
import { isRouterFile, splitRouter } from './router-file.ts';

/** Paths of the routers that a scenario names by their files, as written, each once. */
export function routerFiles(text: string, file: string): string[] {
  const { data } = readDocument(text, file);
  const strategies: unknown = isMap(data) ? data['strategies'] : undefined;
  if (!Array.isArray(strategies)) return [];
  const named = strategies.flatMap((each: unknown) =>
    isMap(each) && typeof each['router'] === 'string' ? [each['router']] : [],
  );
  return [...new Set(named.filter(isRouterFile).map((written) => splitRouter(written).name))];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
