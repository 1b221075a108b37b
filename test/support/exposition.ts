type Sample = { name: string; labels: Record<string, string>; value: number };
export type Exposition = {
  /** The type of each metric that is declared, by its name. */
  types: Map<string, string>;
  samples: Sample[];
  /** The value of the one sample with these labels (others it may have besides); undefined when there is none, or more than one. */
  value(name: string, labels?: Record<string, string>): number | undefined;
};

/** Reads what a scrape answers: Prometheus' text format, as far as this program writes it. Throws at a line that is not of it. */
export function readExposition(text: string): Exposition {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n').filter(Boolean)) {
    const [, declared = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (type) types.set(declared, type);
    else if (!line.startsWith('# HELP ')) samples.push(sampleOf(line));
  }
  const value: Exposition['value'] = (name, labels = {}) => {
    const found = samples.filter(
      sample => sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
    );
    return found.length === 1 ? found[0]!.value : undefined;
  };
  return { types, samples, value };
}

function sampleOf(line: string): Sample {
  const [, name, given = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a line of Prometheus' text format: ${line}`);
  const labels = [...given.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]);
  return { name, labels: Object.fromEntries(labels), value: Number(value) };
}

/** Asks an address for its metrics. */
export async function scrape(origin: string): Promise<Exposition> {
  const answer = await fetch(`${origin}/metrics`);
  if (answer.status !== 200) throw new Error(`${origin}/metrics answers ${answer.status}`);
  return readExposition(await answer.text());
}
