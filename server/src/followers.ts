/** All followers of the feed inside the product. Another one is one more line here. */
import { notifyStaff } from '#desk/notifications/follow.ts';
import { followSla } from '#desk/sla/follow.ts';
import { assignByTopic } from '#desk/topics/assign.ts';
import type { FeedFollower } from '#platform/events/feed-follower.ts';

export const followers: FeedFollower[] = [followSla, assignByTopic, notifyStaff];
