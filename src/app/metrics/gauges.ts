import { Gauge, type Registry } from 'prom-client';

/** One gauge of what was looked up: its name, its labels and its values, none where there is nothing to tell. */
export type Row<Facts> = {
  name: string;
  help: string;
  labels?: readonly string[];
  values(facts: Facts): readonly { labels?: Readonly<Record<string, string>>; value: number | null }[];
};

/** Gauges that are set together from what was looked up, and are all missing from a scrape until then, and after `forget`. */
export function gaugesOf<Facts>(register: Registry, rows: readonly Row<Facts>[]): { set(facts: Facts): void; forget(): void } {
  const gauges = rows.map(({ name, help, labels = [], values }) => {
    const gauge = new Gauge({ name, help, labelNames: labels, registers: [register] });
    const empty = () => {
      gauge.reset();
      // Without labels a gauge is 0 after that, which would be a number like any other.
      if (labels.length === 0) gauge.remove();
    };
    return { gauge, values, empty };
  });
  const forget = () => {
    for (const { empty } of gauges) empty();
  };
  forget();
  return {
    forget,
    set: facts => {
      forget();
      for (const { gauge, values } of gauges) {
        for (const { labels = {}, value } of values(facts)) if (value !== null) gauge.set(labels, value);
      }
    },
  };
}

/** A gauge's values by the one label it has. */
export function by(label: string, counts: Readonly<Record<string, number>>): { labels: Record<string, string>; value: number }[] {
  return Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }));
}
