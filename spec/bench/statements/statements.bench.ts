import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { renderStatements } from '../../../src/statements/render-statements.ts';
import { statementsDir } from '../../../src/statements/statement-file.ts';
import { getStatement } from '../../../src/statements/statement.queries.ts';
import { onDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { withDeps } from '../harness/bench-world.ts';
import { PeakMemory } from '../harness/peak-memory.ts';
import { compare, measureInTurn, median, timeMs } from '../harness/rounds.ts';
import { drawWithPdfkit } from './draw-with-pdfkit.ts';
import { recordDrawing, type Drawing } from './record-drawing.ts';
import { fillSettled, SETTLING_DATE } from './statements-world.ts';

/** Documents that pdfkit draws before anything counts. */
const WARMING = 50;

/** Compares the night's job over a settled month with pdfkit alone, which draws the same pages in one thread. */
export const statements: Bench = {
  name: 'statements',
  run: async (setting) => {
    const companies = setting.quick ? 400 : 1_000;
    const filesDir = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
    const database = await setting.databases.create('statements');
    try {
      return await withDeps(
        database.url,
        async (deps) => {
          setting.say(`settling ${companies} companies`);
          await fillSettled(deps, database.url, companies);
          return [await measure(setting, { deps, url: database.url, companies })];
        },
        { FILES_DIR: filesDir },
      );
    } finally {
      await database.drop();
      await rm(filesDir, { recursive: true });
    }
  },
};

interface Stage {
  readonly deps: Deps;
  readonly url: string;
  readonly companies: number;
}

async function measure({ quick, say }: BenchSetting, stage: Stage): Promise<Comparison> {
  const rounds = quick ? 2 : 3;
  const memory = new PeakMemory();
  const drawings = await recordAll(stage);
  const pages = drawings.reduce((sum, drawing) => sum + drawing.length, 0);
  say(`${pages} pages`);
  const cpuMs: Record<'ours' | 'pdfkit', number[]> = { ours: [], pdfkit: [] };
  const perSecond = (name: keyof typeof cpuMs, work: () => Promise<void>) => async () => {
    await unrender(stage);
    const cpuBefore = process.cpuUsage();
    const ms = await timeMs(work);
    const { user, system } = process.cpuUsage(cpuBefore);
    cpuMs[name].push((user + system) / 1000 / pages);
    say(`${name}: ${Math.round(ms)} ms, ${cpuMs[name].at(-1)?.toFixed(1)} ms of a processor a page`);
    return (pages * 1000) / ms;
  };
  const subjects = {
    ours: perSecond('ours', () => memory.during(() => renderByJob(stage, pages))),
    pdfkit: perSecond('pdfkit', () => drawAll(stage, drawings)),
  };
  // pdfkit runs with a warm compiler; our threads are new in every night, and warm up in every round.
  await drawAll(stage, drawings.slice(0, WARMING));
  const measured = await measureInTurn(rounds, subjects);
  return {
    name: 'statements',
    unit: 'pages/s',
    ...compare(measured.ours, measured.pdfkit),
    reach: { atLeast: 1.6 },
    facts: {
      companies: stage.companies,
      pages,
      rounds,
      cpuMsPerPage: median(cpuMs.ours),
      pdfkitCpuMsPerPage: median(cpuMs.pdfkit),
      peakMemoryMib: memory.mib,
    },
  };
}

/** The job of a night, as `npm run batch` runs it. */
async function renderByJob({ deps, companies }: Stage, pages: number): Promise<void> {
  const outcome = await executeRun(
    deps,
    { job: 'render-statements', businessDate: SETTLING_DATE },
    renderStatements,
  );
  if (outcome.kind !== 'finished' || outcome.counts.done !== companies || outcome.facts['pages'] !== pages)
    throw new Error(`${companies} statements of ${pages} pages, but ${JSON.stringify(outcome)}`);
}

async function drawAll({ deps }: Stage, drawings: readonly Drawing[]): Promise<void> {
  const dir = statementsDir(deps.config.filesDir);
  await mkdir(dir, { recursive: true });
  for (const [index, drawing] of drawings.entries()) await drawWithPdfkit(drawing, join(dir, `${index}.pdf`));
}

/** What the job is going to draw, recorded before anything is timed. */
async function recordAll({ deps, url }: Stage): Promise<Drawing[]> {
  const ids = await onDatabase(url, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT id FROM settlement ORDER BY company_id');
    return rows.map((row) => String(row['id']));
  });
  const drawings: Drawing[] = [];
  for (const id of ids) drawings.push(await recordDrawing(await getStatement(deps, id)));
  return drawings;
}

/** As before the night: no statements, no run. */
async function unrender({ deps, url }: Stage): Promise<void> {
  const dir = statementsDir(deps.config.filesDir);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir);
  await onDatabase(url, (connection) => connection.query("DELETE FROM run WHERE job = 'render-statements'"));
}
