/**
 * Results of `work(0)` to `work(count - 1)`, at most `limit` at a time. After an error nothing more
 * is begun, and the error is thrown once all that had begun has ended: then nothing can still
 * appear.
 */
export async function bounded<T>(
  count: number,
  limit: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count && errors.length === 0) {
      const index = next++;
      try {
        results[index] = await work(index);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, count) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}
