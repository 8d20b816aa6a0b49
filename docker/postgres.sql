-- Run once, when the cluster is made: the conversations' state lies beside what people told us, not in it.
CREATE DATABASE tracker;
