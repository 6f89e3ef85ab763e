import { type ComponentType, lazy } from 'react';
import { importPart } from '#shared/import-part.ts';

const Nothing = () => null;

/**
 * A page in a chunk of its own, which the list can be without for a moment. When a newer build has removed the chunk,
 * the page stays empty, under the bar that says so.
 */
export function latePage<Props>(find: () => Promise<ComponentType<Props>>) {
  const load = (): Promise<ComponentType<Props>> => importPart(find).catch(() => Nothing);
  return { load, Page: lazy(async () => ({ default: await load() })) };
}
