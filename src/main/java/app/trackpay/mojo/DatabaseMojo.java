package app.trackpay.mojo;
