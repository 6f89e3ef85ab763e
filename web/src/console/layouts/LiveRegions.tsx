import { useAnnouncement, useUrgentAnnouncement } from '#shared/announce.ts';

/** Where announcements are read from: one polite and one assertive region for the page. */
export function LiveRegions() {
  const said = useAnnouncement();
  const urgent = useUrgentAnnouncement();
  return (
    <>
      <div className="visually-hidden" aria-live="polite">
        <span key={said.count}>{said.text}</span>
      </div>
      <div className="visually-hidden" aria-live="assertive">
        <span key={urgent.count}>{urgent.text}</span>
      </div>
    </>
  );
}
