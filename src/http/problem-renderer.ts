import type { Context, Middleware } from 'koa';
import type { Deps } from '../deps.ts';
import type { Problem } from '../shared/problem.ts';
import { routeOf } from './access-log.ts';
import { HungUp, noteFailure } from './hung-up.ts';
import { asProblem } from './to-problem.ts';
import { describeProblem, PROBLEM_TYPE } from './problem-document.rules.ts';
import { requestIdOf } from './request-id.ts';

/** Answers a browser with a page that says what was refused; status and caching are set already. */
export type ProblemPage = (ctx: Context, problem: Problem) => void;

/** What is done with a refusal beside answering it. */
export interface ProblemAnswers {
  readonly problemPage?: ProblemPage;
  /** Tells a security monitor of the refusals it wants to know. */
  readonly report?: (deps: Pick<Deps, 'config' | 'log'>, ctx: Context, problem: Problem) => void;
}

/** For machines only, whatever they say they accept. */
const API_PATH = /^\/(v1|health|openapi\.json)(\/|$)/;

/**
 * The one place where refusals and bugs become answers: RFC 9457 JSON, or, where pages are
 * given, one of them for a browser on a page route. Bugs are logged with the request's name.
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
        const surroundings = { publicOrigin: config.publicOrigin, requestId: requestIdOf(ctx) };
        ctx.type = PROBLEM_TYPE;
        ctx.body = JSON.stringify(describeProblem(problem, surroundings));
      }
    }
  };
}

/** Nobody reads it, unless the connection is there after all. */
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
