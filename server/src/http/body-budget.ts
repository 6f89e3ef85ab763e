/** Bytes of bodies that have arrived and whose requests are not answered yet, in this process. */
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.ts';

export interface BodyBudget {
  /** Whether so many more may come, of this caller and of all. */
  fits(request: FastifyRequest, bytes: number): boolean;
  /** Counts them for the request; false, and nothing counted, when they do not fit. */
  take(request: FastifyRequest, bytes: number): boolean;
  giveBack(request: FastifyRequest): void;
}

/** What one caller may have of all: the others must get through. Whoever sends no key counts as one caller. */
const SHARE = 1 / 4;

export function createBodyBudget(max: number): BodyBudget {
  const byRequest = new WeakMap<FastifyRequest, number>();
  const byCaller = new Map<string, number>();
  let total = 0;

  const add = (request: FastifyRequest, bytes: number) => {
    const caller = nameOf(request.actor);
    const ofCaller = (byCaller.get(caller) ?? 0) + bytes;
    if (ofCaller > 0) byCaller.set(caller, ofCaller);
    else byCaller.delete(caller);
    byRequest.set(request, (byRequest.get(request) ?? 0) + bytes);
    total += bytes;
  };
  const fits = (request: FastifyRequest, bytes: number) =>
    total + bytes <= max && (byCaller.get(nameOf(request.actor)) ?? 0) + bytes <= max * SHARE;

  return {
    fits,
    take(request, bytes) {
      if (!fits(request, bytes)) return false;
      add(request, bytes);
      return true;
    },
    giveBack(request) {
      const bytes = byRequest.get(request);
      if (bytes) add(request, -bytes);
    },
  };
}

function nameOf(actor: Actor | undefined): string {
  if (actor?.kind === 'client') return `account ${actor.accountId}`;
  if (actor?.kind === 'staff') return `staff ${actor.staffId}`;
  return actor?.kind === 'service' ? `service ${actor.tokenId}` : 'anonymous';
}
