-- Which tags stand over one, without looking at all links.
CREATE INDEX tag_link_child ON tag_link (child);
