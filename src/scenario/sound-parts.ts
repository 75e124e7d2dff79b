import { z } from 'zod';

/**
 * Whatever is sound of a document that is not, so that its other problems show at once. The lists
 * of operations and strategies have a hole wherever an element is not sound.
 */
export function soundParts(
  data: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, z.ZodType>>,
  elements: { readonly operation: z.ZodType; readonly strategy: z.ZodType },
): Record<string, unknown> {
  const sound: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const part = z.safeParse(field, data[name]);
    if (part.success) sound[name] = part.data;
  }
  return {
    ...sound,
    operations: sound.operations ?? soundElements(elements.operation, data.operations),
    strategies: sound.strategies ?? soundElements(elements.strategy, data.strategies),
  };
}

function soundElements(element: z.ZodType, list: unknown): unknown[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.map((each) => element.safeParse(each).data);
}
