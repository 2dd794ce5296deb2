def log = new File(basedir, 'build.log').text
assert log.contains('[NullAway] returning @Nullable expression'):
  'the planted null was not refused by NullAway: is the check of the root pom asleep?'
