/** The server's own metrics, in readable units. */
import { setTimeout } from 'node:timers/promises';

export interface Vitals {
  cpuSeconds: number;
  rssMiB: number;
  /** The 99.9th percentile of the event-loop delay since the last call. */
  loopP999Ms: number;
}

export async function vitalsOf(port: number): Promise<Vitals> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const text = await response.text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    cpuSeconds: value('process_cpu_seconds_total'),
    rssMiB: value('process_resident_memory_bytes') / 2 ** 20,
    loopP999Ms: 1000 * value('paneldesk_event_loop_delay_p999_seconds'),
  };
}

/** Waits until every follower has processed all events, for ten seconds at most. */
export async function followersAreDone(port: number) {
  for (let i = 0; i < 100; i++) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    if (!/^paneldesk_follower_lag_seconds\{.*\} (?!0$)/m.test(text)) return;
    await setTimeout(100);
  }
}
