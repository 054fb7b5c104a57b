import type { Context, Middleware } from 'koa';
import type { Config } from '../../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { HungUp, noteFailure } from '../../http/hung-up.ts';
import { asProblem } from '../../http/to-problem.ts';
import type { ProblemPage } from '../../http/problem-renderer.ts';
import { reportRefusal } from '../../report-refusal.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { Problem } from '../../shared/problem.ts';
import { isMessageKey, type MessageKey } from '../messages/translate.ts';
import { problemTextKey } from './form-state.ts';
import { problemWay } from './problem-way.rules.ts';
import { framePage, frameOf, renderPage, type SiteFrame } from './page.ts';

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

const start: SiteFrame = { name: 'start', tagline: 'page.service', foot: 'page.foot-start', home: '/' };

/** The page for a refusal outside our pages, with a link to the start page. */
export function browserProblemPage(config: Config): ProblemPage {
  return (ctx, problem) => {
    framePage(ctx, config);
    showProblem(ctx, problem, { site: start, homeHref: '/' });
  };
}

/** Renders a page that shows what was refused and what to do, in the visitor's language. `backHref` links back to the previous page. */
export function renderProblemPage(ctx: Context, problem: Problem, backHref?: string): void {
  const { site, homeHref } = ctx.state as { site?: SiteFrame; homeHref?: string };
  showProblem(ctx, problem, { site, backHref, homeHref });
}

interface Ways {
  readonly site: SiteFrame | undefined;
  readonly backHref?: string | undefined;
  readonly homeHref?: string | undefined;
}

function showProblem(ctx: Context, problem: Problem, { site, backHref, homeHref }: Ways): void {
  const { t } = frameOf(ctx);
  const key = problemTextKey(problem);
  const title = t(`${key}.title` as MessageKey);
  setProblemHeaders(ctx, problem);
  renderPage(ctx, {
    template: 'problem',
    title,
    // Relative to the current address: a path that begins with two slashes would link to another host.
    path: ctx.method === 'GET' ? '' : undefined,
    ...(site && { site }),
    view: {
      title,
      text: t(textKeyOf(key, site)),
      status: problem.status,
      way: problemWay(problem, t),
      backHref,
      homeHref,
      requestId: requestIdOf(ctx),
    },
  });
}

/** Some problems have another way out in some portals: `problem.not-found.text-checkout`. */
function textKeyOf(key: string, site: SiteFrame | undefined): MessageKey {
  const own = `${key}.text-${site?.name ?? 'start'}`;
  return isMessageKey(own) ? own : (`${key}.text` as MessageKey);
}

/** Sets the status of a refusal and `Retry-After`. */
export function setProblemHeaders(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  const retryAfterSeconds = problem.facts['retry_after_seconds'];
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
}
