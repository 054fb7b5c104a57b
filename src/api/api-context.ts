import type { CompanyKeyActor } from '../access/actor.ts';
import type { Middleware, ParameterizedContext } from 'koa';

/** The company an API key speaks for. */
export interface ApiCompany {
  readonly id: number;
  readonly code: string;
}

/** The results of the steps of an API route; each step sets its own member. */
export interface ApiState {
  company: ApiCompany;
  actor: CompanyKeyActor;
  params: Readonly<Record<string, string>>;
  query: unknown;
  body: unknown;
}

export type ApiContext = ParameterizedContext<ApiState>;
export type ApiStep = Middleware<ApiState>;
