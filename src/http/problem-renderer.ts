import type { Context, Middleware } from 'koa';
import type { Deps } from '../deps.ts';
import type { Problem } from '../shared/problem.ts';
import { routeOf } from './access-log.ts';
import { HungUp, noteFailure } from './hung-up.ts';
import { asProblem } from './to-problem.ts';
import { describeProblem, liveOriginOf, PROBLEM_TYPE } from './problem-document.rules.ts';
import { requestIdOf } from './request-id.ts';

/** Renders a refusal as a page for a browser. Status and caching are already set. */
export type ProblemPage = (ctx: Context, problem: Problem) => void;

/** How refusals are rendered and reported. */
export interface ProblemAnswers {
  readonly problemPage?: ProblemPage;
  /** Reports refusals to the security log. */
  readonly report?: (deps: Pick<Deps, 'config' | 'log'>, ctx: Context, problem: Problem) => void;
}

/** Paths that always return JSON, whatever the client accepts. */
const API_PATH = /^\/(v1|health|openapi\.json)(\/|$)/;

/**
 * The only place where refusals and bugs become responses: RFC 9457 JSON, or a page for a browser if `problemPage` is
 * given. Bugs are logged with the request id.
 */
export function problemRenderer(
  { config, log }: Pick<Deps, 'config' | 'log'>,
  { problemPage, report }: ProblemAnswers = {},
): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof HungUp) return refuseLate(ctx);
      const problem = asProblem(error);
      if (problem.status >= 500) logFailure(ctx, log, problem);
      report?.({ config, log }, ctx, problem);
      ctx.status = problem.status;
      ctx.set('Cache-Control', 'no-store');
      const retryAfterSeconds = problem.facts['retry_after_seconds'];
      if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
      if (problemPage && wantsPage(ctx)) {
        problemPage(ctx, problem);
      } else {
        const context = { publicOrigin: liveOriginOf(config), requestId: requestIdOf(ctx) };
        ctx.type = PROBLEM_TYPE;
        ctx.body = JSON.stringify(describeProblem(problem, context));
      }
    }
  };
}

/** Nobody reads it, unless the connection still exists. */
function refuseLate(ctx: Context): void {
  ctx.status = 400;
  ctx.set('Connection', 'close');
}

function wantsPage(ctx: Context): boolean {
  return !API_PATH.test(ctx.path) && ctx.accepts('json', 'html') === 'html';
}

function logFailure(ctx: Context, log: Deps['log'], problem: Problem): void {
  noteFailure(ctx, problem.status);
  const fields = {
    requestId: requestIdOf(ctx),
    method: ctx.method,
    route: routeOf(ctx),
    err: problem.cause ?? problem,
  };
  log.error(fields, problem.code);
}
