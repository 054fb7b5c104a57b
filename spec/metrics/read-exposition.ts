import assert from 'node:assert/strict';

/** One metric of an exposition in the text format. */
export interface ExposedMetric {
  readonly help: string;
  readonly type: string;
  readonly samples: {
    readonly name: string;
    readonly labels: Record<string, string>;
    readonly value: number;
  }[];
}

const SAMPLE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const LABEL = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gi;

/** Reads an exposition as Prometheus does: throws at a sample that no HELP and TYPE announced, or that is no number. */
export function readExposition(text: string): Map<string, ExposedMetric> {
  const metrics = new Map<string, ExposedMetric>();
  const helps = new Map<string, string>();
  let current: [string, ExposedMetric] | undefined;
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (what === 'HELP') helps.set(name, rest);
    else if (what === 'TYPE') {
      current = [name, { help: helps.get(name) ?? '', type: rest, samples: [] }];
      assert.ok(!metrics.has(name), `${name} is announced twice`);
      metrics.set(...current);
    } else {
      assert.ok(current, line);
      const sample = readSample(line);
      assert.ok(belongs(sample.name, ...current), `${sample.name} stands under ${current[0]}`);
      current[1].samples.push(sample);
    }
  }
  return metrics;
}

/** The value of one series; undefined when it is not exposed. */
export function valueOf(
  metrics: Map<string, ExposedMetric>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const family = metrics.get(name.replace(/_(bucket|sum|count)$/, '')) ?? metrics.get(name);
  return family?.samples.find(
    (sample) =>
      sample.name === name &&
      Object.keys(sample.labels).length === Object.keys(labels).length &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;
}

function readSample(line: string): ExposedMetric['samples'][number] {
  const [, name = '', labels = '', text = ''] = SAMPLE.exec(line) ?? [];
  const value = text === '+Inf' ? Infinity : Number(text);
  assert.ok(name !== '' && (!Number.isNaN(value) || text === 'Nan' || text === 'NaN'), `no sample: ${line}`);
  return { name, labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, k, v]) => [k, v])), value };
}

function belongs(sample: string, name: string, { type }: ExposedMetric): boolean {
  const endings = { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] }[type] ?? [''];
  return endings.some((ending) => sample === `${name}${ending}`);
}
