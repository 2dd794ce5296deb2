// A step that waits for something to happen looks again by itself.
setTimeout(() => location.reload(), 2000);
