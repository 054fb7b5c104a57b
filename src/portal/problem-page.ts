import type { Context, Middleware } from 'koa';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import { HungUp, noteFailure } from '../http/hung-up.ts';
import { asProblem } from '../http/to-problem.ts';
import type { ProblemPage } from '../http/problem-renderer.ts';
import { reportRefusal } from '../report-refusal.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { Problem } from '../shared/problem.ts';
import { isMessageKey, type MessageKey } from './messages/translate.ts';
import { framePage, frameOf, renderPage } from './page.ts';

/** Turns every refusal and bug under it into a page; bugs are logged with the number the page shows. */
export function problemPages({ config, log }: Pick<Deps, 'config' | 'log'>): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof HungUp) throw error;
      const problem = asProblem(error);
      if (problem.status >= 500) noteFailure(ctx, problem.status);
      // What is turned away because there is too much of it has its line in the access log, and no fault behind it.
      if (problem.status >= 500 && problem.cause !== undefined) {
        log.error({ requestId: requestIdOf(ctx), err: problem.cause }, problem.code);
      }
      reportRefusal({ config, log }, ctx, problem);
      const { backHref } = ctx.state as { backHref?: string };
      renderProblemPage(ctx, problem, backHref);
    }
  };
}

/** The page that a browser gets for a refusal where no page of ours was asked for, with the way to the start page. */
export function browserProblemPage(config: Config): ProblemPage {
  return (ctx, problem) => {
    framePage(ctx, config);
    showProblem(ctx, problem, { site: 'start', homeHref: '/' });
  };
}

/** Answers with a page that says what was refused and what to do, in the visitor's language. `backHref` leads back to where they were. */
export function renderProblemPage(ctx: Context, problem: Problem, backHref?: string): void {
  showProblem(ctx, problem, { site: 'checkout', backHref });
}

interface Ways {
  readonly site: 'checkout' | 'start';
  readonly backHref?: string | undefined;
  readonly homeHref?: string;
}

function showProblem(ctx: Context, problem: Problem, { site, backHref, homeHref }: Ways): void {
  const { t } = frameOf(ctx);
  const key = textKeyOf(problem);
  const title = t(`${key}.title` as MessageKey);
  setProblemHeaders(ctx, problem);
  renderPage(ctx, {
    template: 'problem',
    title,
    // The address it has, whatever it is: one that begins with two slashes would as a link lead to another host.
    path: ctx.method === 'GET' ? '' : undefined,
    site,
    view: {
      title,
      text: t(`${key}.text` as MessageKey),
      status: problem.status,
      backHref,
      homeHref,
      requestId: requestIdOf(ctx),
    },
  });
}

/** Sets the status of a refusal and when to ask again. */
export function setProblemHeaders(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  const retryAfterSeconds = problem.facts['retry_after_seconds'];
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
}

/** The problem's own text where there is one, else one for its kind of status. */
function textKeyOf({ code, status }: Problem): string {
  if (isMessageKey(`problem.${code}.title`)) return `problem.${code}`;
  if (status === 404) return 'problem.not-found';
  if (status === 503 || status === 429) return 'problem.service-unavailable';
  return status >= 500 ? 'problem.internal-error' : 'problem.bad-request';
}
