import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openMetricsSite, type MetricsSite } from '../metrics/metrics-site.ts';
import type { ExposedMetric } from '../metrics/read-exposition.ts';

const read = (file: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'config', 'operations', file), 'utf8');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const dashboard = JSON.parse(read('dashboard.json')) as { readonly title: string; readonly panels: Panel[] };
const alerts = read('alerts.yaml');
const rules = alerts.split(/^ +- alert: /m).slice(1);
/** The expressions of the rules, one or several lines of YAML each. */
const alertExpressions = [...alerts.matchAll(/^ +expr: (?:>-\n)?([^]*?)\n +for:/gm)].map(([, text]) => text!);
const panelExpressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** `name{label="value"}` and bare names, with the labels that are asked for. */
const SELECTOR = /\b((?:tabane|nodejs|process)_[a-z0-9_]+)(?:\{([^}]*)\})?/g;

/** Words of an expression that stand where a metric does: no label, function, aggregation, range or text. */
function metricWordsIn(expression: string): string[] {
  const bare = expression
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, '');
  const words = [...bare.matchAll(/\b[a-z_:][\w:]*\b(?!\s*\()/gi)].map(([word]) => word);
  // `up` is Prometheus's own.
  return words.filter((word) => !/^(?:and|or|unless|sum|max|min|avg|count|up)$/.test(word));
}

function selectorsIn(expressions: readonly string[]) {
  return expressions.flatMap((text) =>
    [...text.matchAll(SELECTOR)].map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)(=~?)"([^"]*)"/g)].map(([, label = '', sign = '', value = '']) => ({
        label,
        pattern: sign === '=' ? new RegExp(`^${RegExp.escape(value)}$`) : new RegExp(`^(?:${value})$`),
      })),
    })),
  );
}

const pairAround = (inner: string) => String.raw`\((?:[^()]|${inner})*\)`;
const GROUPED = new RegExp(
  String.raw`\bby\s*\(([^)]*)\)\s*(${pairAround(pairAround(String.raw`\([^()]*\)`))})`,
  'g',
);

/** What is grouped by which labels: `sum by (label) (expression)`. */
function groupsIn(expression: string) {
  return [...expression.matchAll(GROUPED)].map(([, labels = '', inner = '']) => ({
    labels: labels.split(',').map((label) => label.trim()),
    expression: inner,
  }));
}

const ruleOf = (name: string) => rules.find((rule) => rule.startsWith(`${name}\n`))!;

describe('what watches the service', () => {
  let site: MetricsSite;
  let metrics: Map<string, ExposedMetric>;
  before(async () => {
    site = await openMetricsSite();
    for (const [method, path] of [
      ['GET', '/v1/charges'],
      ['POST', '/v1/usage-charges'],
      ['GET', '/checkout/a/b'],
    ]) {
      await fetch(`${site.origin}${path}`, { method: method! });
    }
    const startedMs = performance.now();
    const health = { everyMs: 60_000, startedMs, succeededMs: startedMs, failures: 1, tookMs: 12 };
    site.loops.push({ name: 'expire-approvals', ...health });
    metrics = await site.scrape();
  });
  after(() => site.close());

  const familyOf = (name: string) =>
    metrics.get(name) ?? metrics.get(name.replace(/_(bucket|sum|count)$/, ''));

  for (const [kind, expressions] of [
    ['alert', alertExpressions],
    ['panel', panelExpressions],
  ] as const) {
    it(`asks in each ${kind} for metrics that there are, by labels that they have`, () => {
      const selectors = selectorsIn(expressions);
      assert.ok(selectors.length >= 15);
      for (const { name, labels } of selectors) {
        const family = familyOf(name);
        assert.ok(family, `${name} is not exposed`);
        const known = new Set(family.samples.flatMap((sample) => Object.keys(sample.labels)));
        for (const { label } of labels) assert.ok(known.has(label), `${name} has no label ${label}`);
      }
    });
  }

  it('groups by labels that its metrics have', () => {
    const groups = [...alertExpressions, ...panelExpressions].flatMap(groupsIn);
    assert.ok(groups.length >= 20);
    for (const { labels, expression } of groups) {
      for (const { name } of selectorsIn([expression])) {
        const known = familyOf(name)!.samples.flatMap((sample) => Object.keys(sample.labels));
        // Some have no value before the first night; `instance` comes with the scrape.
        for (const label of known.length === 0 ? [] : labels) {
          assert.ok([...known, 'instance'].includes(label), `${name} has no label ${label}`);
        }
      }
    }
  });

  it('asks for nothing that is no metric', () => {
    const words = [...alertExpressions, ...panelExpressions].flatMap(metricWordsIn);
    assert.ok(words.length >= 45);
    for (const word of words) assert.ok(familyOf(word), `${word} is not exposed`);
  });

  it('asks for values of labels that occur', () => {
    for (const { name, labels } of selectorsIn([...alertExpressions, ...panelExpressions])) {
      for (const { label, pattern } of labels) {
        const values = familyOf(name)!.samples.map((sample) => sample.labels[label]);
        // Server errors come when something is wrong.
        if (pattern.test('5xx')) continue;
        assert.ok(
          values.some((value) => value !== undefined && pattern.test(value)),
          `${name} ${label} ${pattern}`,
        );
      }
    }
  });

  it('shows every metric of ours on the dashboard', () => {
    const shown = new Set(
      selectorsIn(panelExpressions).map(({ name }) => name.replace(/_(bucket|sum|count)$/, '')),
    );
    const ours = [...metrics.keys()].filter((name) => name.startsWith('tabane_'));
    assert.deepEqual(
      ours.filter((name) => !shown.has(name)),
      [],
    );
  });

  it('has panels with numbers of their own that do not lie on each other', () => {
    const { panels } = dashboard;
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    for (const [index, { gridPos: one, title }] of panels.entries()) {
      assert.ok(one.x + one.w <= 24, title);
      for (const { gridPos: other } of panels.slice(index + 1)) {
        const apart =
          one.x + one.w <= other.x ||
          other.x + other.w <= one.x ||
          one.y + one.h <= other.y ||
          other.y + other.h <= one.y;
        assert.ok(apart, title);
      }
    }
  });

  it('wakes somebody when no AAA server answers, and leaves the silent one of several for the morning', () => {
    assert.match(ruleOf('TabaneRadiusSilent'), /sum\(rate\(tabane_radius_replies_total[^]+severity: page/);
    const one = ruleOf('TabaneRadiusServerSilent');
    assert.match(one, /sum by \(server\) \(increase\(tabane_radius_replies_total[^]+severity: ticket/);
    assert.match(one, /summary: .*\$labels\.server/);
  });

  it('counts a client that hung up neither as a failure nor as a request that went well', () => {
    const rule = ruleOf('TabaneRequestsFailing');
    const [failures = '', all = ''] = rule.split('\n          / ');
    assert.match(failures, /status="5xx"/);
    assert.match(all, /status!="499"/);
    for (const { labels } of selectorsIn(alertExpressions)) {
      for (const { label, pattern } of labels) assert.ok(label !== 'status' || !pattern.test('499'));
    }
  });

  it('wakes for a night by how late it is, so that a process that begins again begins no waiting again', () => {
    assert.match(ruleOf('TabaneNightOverdue'), /tabane_night_late_seconds\[15m\]\)\) > 14400\n +for: 15m/);
  });

  it('watches each loop by its own interval, whichever process does its work', () => {
    const rule = ruleOf('TabaneLoopOverdue');
    assert.match(rule, /min by \(loop\) \(tabane_loop_success_age_seconds\)/);
    assert.match(rule, /> 3 \* max by \(loop\) \(tabane_loop_interval_seconds\) \+ 900/);
    assert.match(ruleOf('TabaneLoopFailing'), /increase\(tabane_loop_failures_total\[30m\]\)\) > 2/);
  });

  it('says of each alert whom it wakes, and what is wrong', () => {
    assert.equal(rules.length, alertExpressions.length);
    for (const rule of rules) {
      assert.match(rule, /^Tabane[A-Z]\w+\n +expr: /);
      assert.match(rule, /\n +severity: (page|ticket)\n/);
      assert.match(rule, /\n +summary: \S/);
    }
  });
});
