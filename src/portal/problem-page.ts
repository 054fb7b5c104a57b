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

/** Renders the refusals and bugs of the following steps as pages. Bugs are logged with the request id that the page shows. */
export function problemPages({ config, log }: Pick<Deps, 'config' | 'log'>): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof HungUp) throw error;
      const problem = asProblem(error);
      if (problem.status >= 500) noteFailure(ctx, problem.status);
      // An overload refusal has no cause: the access log has its line, and there is no error to log.
      if (problem.status >= 500 && problem.cause !== undefined) {
        log.error({ requestId: requestIdOf(ctx), err: problem.cause }, problem.code);
      }
      reportRefusal({ config, log }, ctx, problem);
      const { backHref } = ctx.state as { backHref?: string };
      renderProblemPage(ctx, problem, backHref);
    }
  };
}

/** The page for a refusal outside our pages, with a link to the start page. */
export function browserProblemPage(config: Config): ProblemPage {
  return (ctx, problem) => {
    framePage(ctx, config);
    showProblem(ctx, problem, { site: 'start', homeHref: '/' });
  };
}

/** Renders a page that shows what was refused and what to do, in the visitor's language. `backHref` links back to the previous page. */
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
    // Relative to the current address: a path that begins with two slashes would link to another host.
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

/** Sets the status of a refusal and `Retry-After`. */
export function setProblemHeaders(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  const retryAfterSeconds = problem.facts['retry_after_seconds'];
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
}

/** The text of the problem if there is one, otherwise a text for its status. */
function textKeyOf({ code, status }: Problem): string {
  if (isMessageKey(`problem.${code}.title`)) return `problem.${code}`;
  if (status === 404) return 'problem.not-found';
  if (status === 503 || status === 429) return 'problem.service-unavailable';
  return status >= 500 ? 'problem.internal-error' : 'problem.bad-request';
}
