export function isKnownFunction(name: string): boolean {
  return name !== '';
}
