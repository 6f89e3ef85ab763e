/**
 * What the palette can do. Each part of the page offers its commands while it is shown; they are asked for when the
 * palette opens, so that offering costs nothing.
 */
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

export interface Command {
  /** `ticket.resolve` */
  id: string;
  /** `ticket`: for the open ticket; it comes first. `go`: another page. */
  group: 'ticket' | 'list' | 'go' | 'app';
  /** In the language of the page. */
  name: string;
  /** More words by which it is found. */
  words?: string;
  icon: LucideIcon;
  /** The key that does the same, as it is shown. */
  hotkey?: string;
  run(): void;
}

type Offer = () => Command[];
const offers = new Set<Offer>();

/** Offers commands until the returned function is called. */
export function offerCommands(offer: Offer) {
  offers.add(offer);
  return () => {
    offers.delete(offer);
  };
}

/** Offers commands while the component is shown. */
export function useCommands(offer: Offer) {
  const latest = useRef(offer);
  latest.current = offer;
  useEffect(() => offerCommands(() => latest.current()), []);
}

/** All commands of this moment. */
export const listCommands = (): Command[] => [...offers].flatMap((offer) => offer());
