/** What all values beyond the bound are counted as. */
const OTHER = 'other';

/** Values of a label, of which only the first `most` keep their own: every value is a series that the process and Prometheus keep for ever. */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return value => {
    if (known.size < most) known.add(value);
    return known.has(value) ? value : OTHER;
  };
}
