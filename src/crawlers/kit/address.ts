/** A value as one part of an address. Half a surrogate pair, which JSON may hold, becomes the replacement character instead of an exception. */
export function addressPart(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
